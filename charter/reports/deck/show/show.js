"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const slides = [...document.querySelectorAll("#show .slide")];
  const picker = find("#picker");
  const presenter = find("#presenter");
  const AS_PRESENTER = "#presenter";
  const beside = location.hash === AS_PRESENTER; // whether this window is the presenter's own
  let at = 0;
  let peer = null; // the other of the two windows: the hall's and the presenter's
  let started = Date.now();
  let restless = 0;

  const tell = (said) => {
    // A file on a stick has no origin, so that none can be named. A slide's number is all that is said.
    if (peer && !peer.closed) peer.postMessage(said, "*");
  };

  const draw = () => {
    slides.forEach((slide, place) => slide.classList.toggle("current", place === at));
    find("#progress div").style.width = `${(100 * (at + 1)) / slides.length}%`;
    find("#told").textContent = `Slide ${at + 1} of ${slides.length}: ${slides[at].querySelector(".headline").textContent}`;
    if (!presenter.hidden) drawPresenter();
  };

  const drawPresenter = () => {
    find("#presenter .now").replaceChildren(slides[at].cloneNode(true));
    const next = slides[at + 1];
    find("#presenter .next div").replaceChildren(...(next ? [next.cloneNode(true)] : []));
    find("#presenter .name").textContent = next ? "Next" : "This is the last slide";
    const notes = [...slides[at].querySelectorAll(".notes p")].map((note) => note.cloneNode(true));
    find("#presenter .speak").replaceChildren(...notes);
    find("#presenter .speak").scrollTop = 0;
    find("#place").textContent = `Slide ${at + 1} of ${slides.length}`;
  };

  const tick = () => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    find("#since").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    find("#time").textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  };

  const go = (place, { told = true } = {}) => {
    const wanted = Math.min(Math.max(place, 0), slides.length - 1);
    find("#black").hidden = true;
    if (wanted === at && root.classList.contains("ready")) return;
    at = wanted;
    draw();
    if (presenter.hidden) location.replace(`#${at + 1}`);
    if (told) tell({ slide: at });
  };

  const paper = (wanted, { told = true } = {}) => {
    root.dataset.paper = wanted;
    find("[data-do=paper]").textContent = wanted === "dark" ? "Light" : "Dark";
    if (told) tell({ paper: wanted });
  };

  const present = (on) => {
    presenter.hidden = !on;
    root.classList.remove("idle");
    root.classList.toggle("presenting", on);
    if (on) drawPresenter();
  };

  const openPresenter = () => {
    if (!presenter.hidden) {
      if (!beside) present(false);
      return;
    }
    peer = window.open(location.href.split("#")[0] + AS_PRESENTER, "presenter", "popup,width=1280,height=800");
    if (!peer) present(true); // a browser that opens no windows shows the notes in this one
  };

  const full = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());

  const pick = () => {
    picker.querySelectorAll("[data-slide]").forEach((button, place) => {
      if (place === at) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    picker.showModal();
    picker.querySelector("[aria-current]").focus();
  };

  const black = () => {
    if (beside) tell({ black: true }); // the hall's screen, and not the presenter's
    else find("#black").hidden = !find("#black").hidden;
  };

  const restart = () => {
    started = Date.now();
    tick();
  };

  const acts = {
    next: () => go(at + 1),
    back: () => go(at - 1),
    first: () => go(0),
    last: () => go(slides.length - 1),
    paper: () => paper(root.dataset.paper === "dark" ? "light" : "dark"),
    presenter: openPresenter,
    slides: pick,
    close: () => picker.close(),
    full,
    black,
    restart,
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last", f: "full", F5: "full", s: "slides", n: "presenter", d: "paper",
    b: "black", ".": "black", r: "restart",
  };

  document.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const pressed = event.key === " " || event.key === "Enter";
    if (!act || event.ctrlKey || event.altKey || event.metaKey || picker.open) return;
    if (pressed && event.target.closest("button")) return;
    if (event.target.closest(".speak") && ["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    if (presenter.hidden) root.classList.add("idle"); // whoever uses keys needs no buttons before the slide
    acts[act]();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.do) acts[button.dataset.do]();
    else if (button && button.dataset.slide) {
      picker.close();
      go(Number(button.dataset.slide) - 1);
    } else if (!event.target.closest("dialog, .speak, .clock")) acts.next();
  });

  const awake = () => {
    root.classList.remove("idle");
    clearTimeout(restless);
    restless = setTimeout(() => root.classList.toggle("idle", presenter.hidden), 2500);
  };
  ["pointermove", "pointerdown", "focusin"].forEach((kind) => document.addEventListener(kind, awake));

  window.addEventListener("message", (event) => {
    if (!peer || event.source !== peer || typeof event.data !== "object" || !event.data) return;
    if (Number.isInteger(event.data.slide)) go(event.data.slide, { told: false });
    if (event.data.black) black();
    if (["light", "dark"].includes(event.data.paper)) paper(event.data.paper, { told: false });
    // The hall's window has the last word, so that presses in both at once end at the same slide.
    if (!beside) tell({ slide: at, paper: root.dataset.paper });
  });

  const asked = () => Number.parseInt(location.hash.slice(1), 10) - 1;
  window.addEventListener("hashchange", () => {
    if (Number.isInteger(asked())) go(asked());
  });

  if (slides.length) {
    at = Number.isInteger(asked()) ? Math.min(Math.max(asked(), 0), slides.length - 1) : 0;
    draw();
    root.classList.add("ready");
    if (beside) {
      present(true);
      peer = window.opener;
      tell({ ask: true });
    }
    tick();
    setInterval(tick, 1000);
    awake();
  }
})();
