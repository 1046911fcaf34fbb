"""What the terminal says of the line, in English and in Russian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "inbox": {"en": "To acknowledge or answer", "ru": "Подтвердить или ответить"},
    "awaited": {"en": "Waiting for the other party", "ru": "Ждём другую сторону"},
    "nothing": {"en": "nothing", "ru": "ничего"},
    "waiting": {"en": "{count} not delivered", "ru": "не доставлено: {count}"},
    "declared": {"en": "declares the memorandum {word}", "ru": "объявлено о меморандуме: {word}"},
    "practice": {"en": "in practice {word}", "ru": "на деле: {word}"},
    "check": {"en": "next check {at}", "ru": "следующая проверка {at}"},
    "trouble": {"en": "This node", "ru": "Этот узел"},
    "aside": {"en": "Set aside, does not count", "ru": "Отложено, не учитывается"},
    "on_duty": {"en": "On duty", "ru": "Дежурит"},
    "said": {"en": "said", "ru": "передано"},
    "late": {"en": "acknowledged late by {seconds} s", "ru": "подтверждено с опозданием {seconds} с"},
}

_STATES: Final[Mapping[str, str]] = {
    "forked": "{p}: подписаны две противоречащие истории журнала. Сообщения идут; распискам не доверять, доложить.",
    "restored": "{p}: узел работает со старой копией журнала и восстанавливает утраченное. Наши расписки сохранены.",
    "certificate_expired": "{p}: срок сертификата связи истёк, ничего не проходит. Пользуйтесь телефоном.",
    "blocked": "{p}: узел не принимает сообщение, следующие за ним ждут.",
    "down": "{p}: связи нет. Сообщения хранятся и уйдут, когда связь будет; пользуйтесь телефоном.",
    "one_way": "{p}: линия работает только в одну сторону.",
    "flapping": "{p}: линия то есть, то нет. Сообщения опаздывают; ждите расписки.",
    "clock_wrong": "{p}: часы узлов расходятся. Время в сообщениях читать с осторожностью.",
    "suspended": "{p}: действие меморандума объявлено приостановленным. Линия работает, аварийные сообщения проходят.",
    "not_met": "{p}: с начала работы узла связи не было.",
    "reachable": "{p}: линия работает.",
}
"""By the states of a peer; English is the node's own, with the details."""


def term(key: str, language: str, **values: object) -> str:
    """Return words of the terminal."""
    return _WORDS[key][language].format(**values)


def say_lines(inbox: Mapping[str, Any], language: str = "en") -> Iterator[str]:
    """Yield how each line is: its states in words, what is not delivered, what is declared and what is observed."""
    if inbox["trouble"]:
        yield f"{term('trouble', language)}: {inbox['trouble']}"
    for line in inbox["lines"]:
        for state in line["states"]:
            yield say_state(line["party"], state["state"], state["words"], language)
        more = []
        if line["waiting"]:
            more.append(term("waiting", language, count=line["waiting"]))
        if line["declared"]:
            more.append(term("declared", language, word=line["declared"]))
            more.append(term("practice", language, word=line["practice"]))
        if line["next_check"]:
            more.append(term("check", language, at=line["next_check"][:16].replace("T", " ") + "Z"))
        if more:
            yield f"  {', '.join(more)}"


def say_state(party: str, state: str, english: str, language: str) -> str:
    """Return a state of the line in words."""
    return english if language == "en" else _STATES[state].format(p=party)
