"use strict";
(() => {
  const steps = [...document.querySelectorAll(".step")];
  const bar = document.getElementById("when"), told = document.getElementById("told"), play = document.getElementById("play");
  if (!bar || steps.length < 2) return;
  bar.form.hidden = false;
  let timer = 0;
  const show = (k) => {
    steps.forEach((step, n) => { step.hidden = n !== k; });
    bar.value = String(k);
    told.textContent = steps[k].dataset.when;
  };
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
  bar.addEventListener("input", () => { stop(); show(Number(bar.value)); });
  bar.form.addEventListener("submit", (event) => event.preventDefault());
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    play.textContent = "Stop";
    if (Number(bar.value) === steps.length - 1) show(0);
    timer = setInterval(() => {
      const next = Number(bar.value) + 1;
      if (next >= steps.length) { stop(); return; }
      show(next);
    }, 250);
  });
  show(0);
})();
