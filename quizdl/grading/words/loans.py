"""English words of the field as they are read in Korean: 포워드 패스 is "forward pass"."""

from __future__ import annotations

import re
from functools import cache

from quizdl.grading.words.sounds import heard

_READINGS = """
absolute 앱솔루트 / accelerated 액셀러레이티드 / accuracy 애큐러시 어큐러시 / activation 액티베이션
adaptive 어댑티브 / arrow 애로 애로우 / attention 어텐션 / augmentation 어그멘테이션 오그멘테이션
auto 오토 / average 애버리지 / back 백 / backward 백워드 / base 베이스 / batch 배치 / bias 바이어스
binary 바이너리 / bright 브라이트 / brightness 브라이트니스 / categorical 카테고리컬 / chain 체인
class 클래스 / classification 클래시피케이션 / clipping 클리핑 / coding 코딩 / color 컬러 / column 칼럼 컬럼
common 커먼 / contrast 콘트라스트 / convolution 컨볼루션 / cosine 코사인 / cost 코스트 / crop 크롭
cropping 크로핑 / cross 크로스 / curve 커브 / data 데이터 데이타 / decay 디케이 / deep 딥
derivative 디리버티브 / descent 디센트 / distance 디스턴스 / distribution 디스트리뷰션
divergence 다이버전스 / drop 드롭 / early 얼리 / embedding 임베딩 / encoding 인코딩 / entropy 엔트로피
epoch 에포크 에폭 / error 에러 / estimation 에스티메이션 / evaluation 이밸류에이션 / exploding 익스플로딩
exponential 익스포넨셜 / feature 피처 피쳐 / filter 필터 / fine 파인 / fitting 피팅 / flip 플립
flipping 플리핑 / focal 포컬 / fold 폴드 / forward 포워드 / full 풀 / function 펑션
generalization 제너럴라이제이션 제네럴라이제이션 / global 글로벌
gradient 그래디언트 그레이디언트 그라디언트 / hard 하드 / hidden 히든 / hinge 힌지 / hold 홀드 / hot 핫
huber 후버 / hyper 하이퍼 / hyperbolic 하이퍼볼릭 / image 이미지 / initialization 이니셜라이제이션
input 인풋 / iteration 이터레이션 / kernel 커널 / label 레이블 라벨 / layer 레이어 / leakage 리키지 리케이지
leaky 리키 / learning 러닝 / line 라인 / linear 리니어 / local 로컬 / logistic 로지스틱 / loop 루프
loss 로스 / machine 머신 / max 맥스 / maximum 맥시멈 / metric 메트릭 / mini 미니 / minimum 미니멈
model 모델 / moment 모멘트 / momentum 모멘텀 / multi 멀티 / natural 내추럴 / nesterov 네스테로프 / net 넷
network 네트워크 / neural 뉴럴 / neuron 뉴런 뉴론 / node 노드 / noise 노이즈
normalization 노멀라이제이션 노말라이제이션 노멀리제이션 / objective 오브젝티브 / one 원
optimization 옵티마이제이션 옵티미제이션 / optimizer 옵티마이저 / out 아웃 / output 아웃풋 / over 오버
padding 패딩 / parameter 파라미터 패러미터 / pass 패스 / penalty 페널티 / percentage 퍼센티지 / point 포인트
pooling 풀링 / probability 프라버빌리티 / propagation 프로퍼게이션 프로파게이션 / rate 레이트
rectified 렉티파이드
recall 리콜 / precision 프리시전
regression 리그레션 / regularization 레귤러라이제이션 레귤라이제이션 레귤러리제이션
root 루트 / rotation 로테이션 / rule 룰 / sample 샘플 / schedule 스케줄 / scheduler 스케줄러 / score 스코어
sense 센스 / set 세트 셋 / shift 시프트 / sigmoid 시그모이드 / similarity 시밀래리티 시밀러리티
size 사이즈 / soft 소프트 / sparse 스파스 / square 스퀘어 / squared 스퀘어드 / step 스텝
stochastic 스토캐스틱 / stop 스톱 스탑 / stopping 스토핑 스타핑 / sum 섬 / supervised 슈퍼바이즈드
target 타깃 타겟 / test 테스트 / time 타임 / train 트레인 / training 트레이닝 / transfer 트랜스퍼
tuning 튜닝 / under 언더 / uniform 유니폼 / unit 유닛 유니트 / unsupervised 언슈퍼바이즈드
validation 밸리데이션 발리데이션 / vanishing 배니싱 / variance 베리언스 / vector 벡터 / weight 웨이트
weighted 웨이티드 / zoom 줌
"""
_HANGUL_RUN = re.compile("[가-힣]+")
_LONGEST = 8


@cache
def _words() -> dict[str, str]:
    """English words by the sound of their readings."""
    table: dict[str, str] = {}
    for entry in re.split(r"\s*[/\n]\s*", _READINGS.strip()):
        english, *readings = entry.split()
        table |= {heard(reading): english for reading in readings}
    return table


def read_back(cleaned: str) -> str | None:
    """A text with the English words that it has in Hangul put back into Latin letters; None without any.

    Words are read off each run of syllables from its start; what follows the last one stays as it is.

    Example:
        >>> read_back("스토캐스틱 그래디언트디센트입니다"), read_back("멀티클래스 분류"), read_back("과적합")
        ('stochastic gradient descent 입니다', 'multi class 분류', None)
    """
    text = _HANGUL_RUN.sub(lambda run: f" {_run(run[0])} ", cleaned)
    return None if not re.search("[a-z]", text) or text.split() == cleaned.split() else " ".join(text.split())


def _run(text: str) -> str:
    found: list[str] = []
    at = 0
    while at < len(text):
        for end in range(min(len(text), at + _LONGEST), at, -1):
            word = _words().get(heard(text[at:end]))
            if word is not None:
                found.append(word)
                at = end
                break
        else:
            break
    return " ".join([*found, text[at:]]) if at < len(text) else " ".join(found)
