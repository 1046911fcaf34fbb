"""Russian. Terms as in the Russian text of ICAO's annexes and of the flight rules of the Russian Federation."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.formula import Comparison
from skyaccord.memorandum.sentences.language import Language

RUSSIAN: Final = Language(
    code="ru",
    signals=MappingProxyType(
        {
            "horizontal": "горизонтальное расстояние",
            "vertical": "вертикальное расстояние",
            "slant": "наклонная дальность",
            "closure": "скорость сближения",
            "t_cpa": "время до точки наибольшего сближения",
            "hmd": "горизонтальный промах",
            "vmd": "вертикальный промах",
            "tau_mod": "модифицированное тау при DMOD {argument}",
            "aspect": "ракурс",
            "height_above": "превышение над другим воздушным судном",
            "nose_crossing": "расстояние впереди, на котором другое воздушное судно пересекает курс,",
            "wake_behind": "удаление другого воздушного судна позади в спутном следе",
            "altitude": "высота полёта",
            "groundspeed": "путевая скорость",
            "vertical_rate": "вертикальная скорость",
            "turn_rate": "угловая скорость разворота",
            "inside": "в районе {argument} находится {subject}",
            "crosses": "линию {argument} пересекает {subject}",
            "squawking": "код ответчика {argument} установлен: {subject}",
            "called": "вызов на частоте {argument}: {subject}",
            "answered": "ответ на частоте {argument}: {subject}",
            "notified": "имеется уведомление о районе {argument}: {subject}",
            "acknowledged": "имеется подтверждённое уведомление о районе {argument}: {subject}",
            "checked": "проводится проверка наземной линии связи",
        }
    ),
    subjects=MappingProxyType(
        {
            "": "воздушное судно",
            "either": "хотя бы одно из двух воздушных судов",
            "both": "каждое из двух воздушных судов",
            "interceptor": "перехватчик",
            "intercepted": "перехватываемое воздушное судно",
        }
    ),
    anyone="любой, к кому относится правило",
    compare=MappingProxyType(
        {
            Comparison.LESS: "{term} меньше {quantity}",
            Comparison.AT_MOST: "{term} не больше {quantity}",
            Comparison.MORE: "{term} больше {quantity}",
            Comparison.AT_LEAST: "{term} не меньше {quantity}",
        }
    ),
    units=MappingProxyType(
        {
            "m": "м",
            "km": "км",
            "ft": "фут",
            "NM": "м. миль",
            "mi": "уставн. миль",
            "s": "с",
            "min": "мин",
            "h": "ч",
            "m/s": "м/с",
            "kt": "уз",
            "ft/min": "фут/мин",
            "fpm": "фут/мин (fpm)",
            "km/h": "км/ч",
            "deg": "град",
            "deg/s": "град/с",
            "Hz": "Гц",
            "kHz": "кГц",
            "MHz": "МГц",
        }
    ),
    decimal=",",
    pair=MappingProxyType({"and": "одновременно {} и {}", "or": "либо {}, либо {}"}),
    many=MappingProxyType({"and": "выполняется всё из ({})", "or": "выполняется хотя бы одно из ({})"}),
    links=MappingProxyType(
        {
            "implies": "если ({}), то ({})",
            "since": "однажды ({1}) и с тех пор постоянно ({0})",
            "until": "наступает ({1}), а до этого ({0})",
            "unless": "({0}), пока и если не наступит ({1})",
        }
    ),
    wraps=MappingProxyType(
        {
            "not": "неверно, что {}",
            "always": "отныне и до конца ({})",
            "eventually": "сейчас или позже ({})",
        }
    ),
    lasts=MappingProxyType(
        {
            "for": "непрерывно в течение {time} {part}",
            "for the next": "непрерывно в последующие {time} {part}",
            "within": "в какой-то момент в пределах {time} {part}",
            "within the last": "в какой-то момент за последние {time} {part}",
        }
    ),
    party="воздушное судно стороны {}",
)
