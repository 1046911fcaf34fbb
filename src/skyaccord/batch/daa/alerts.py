"""``NAME.alerts.csv``: each intruder's alert at each step, and what each level foresees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from skyaccord.batch.daa.numbers import digits
from skyaccord.detect.alerting import NO_ALERTER, Scene, alert_level, level_times, time_to_corrective
from skyaccord.detect.hysteresis import AlertHistory
from skyaccord.detect.profile import Profile
from skyaccord.detect.scenes import Step


def alert_columns(profile: Profile) -> tuple[str, ...]:
    """Return the column names for a profile: as many levels as its largest alerter has."""
    levels = range(1, max(len(alerter.levels) for alerter in profile.alerters) + 1)
    return "t", "ac", "alerter", "alert", *(f"{each}{k}" for k in levels for each in ("los", "tin", "tout")), "t2corr"


@dataclass(slots=True)
class AlertWriter:
    """The alerts of one scenario, step by step."""

    profile: Profile
    histories: dict[str, AlertHistory] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)  # of the last step
    last_s: float = float("-inf")

    def rows(self, step: Step) -> Iterator[str]:
        """Yield a line for each intruder of a step; steps must come in their order."""
        settings = self.profile.hysteresis
        if not 0.0 < step.time_s - self.last_s <= settings.time_s:
            self.histories.clear()
        self.last_s = step.time_s
        scene = step.for_profile(self.profile)
        for k, name in enumerate(step.intruders):
            number = step.own_number if self.profile.is_ownship_centric else int(step.numbers[k])
            cells = [""] * (len(alert_columns(self.profile)) - 3)
            if scene.alerters[k] != NO_ALERTER:
                self._fill(cells, name, scene, k, step.time_s)
            self.levels[name] = int(cells[0] or 0)
            yield ",".join([digits(step.time_s, 9), name, str(number), *cells])

    def _fill(self, cells: list[str], name: str, scene: Scene, k: int, now_s: float) -> None:
        alerter = self.profile.alerters[int(scene.alerters[k])]
        one = Scene(scene.ownship, scene.intruders[k : k + 1], scene.std[k : k + 1], scene.alerters[k : k + 1])
        times = level_times(one, alerter, self.profile.look_ahead_s)
        history = self.histories.setdefault(name, AlertHistory(self.profile.hysteresis))
        raw = alert_level(times.entry_s[0], alerter, history.standing(now_s))
        cells[0] = str(history.update(raw, now_s))
        for level in range(len(alerter.levels)):
            violated, entry_s, exit_s = times.is_violated[0, level], times.entry_s[0, level], times.exit_s[0, level]
            place = 1 + 3 * level
            cells[place : place + 3] = str(int(violated)), digits(float(entry_s), 9), digits(float(exit_s), 9)
        cells[-1] = digits(time_to_corrective(times.entry_s[0], alerter, self.profile), 9)
