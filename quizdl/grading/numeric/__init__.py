"""Numbers, vectors and matrices that learners type: read forgivingly, judged, and told what went wrong."""
