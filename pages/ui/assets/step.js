// A new step of a form begins at its top: Streamlit leaves the page where the step before was scrolled to. The title
// takes the focus, so that a screen reader says where one is, and the next Tab is the step's first field.
(() => {
  const mark = document.querySelector("[data-charter-step]");
  const main = document.querySelector('[data-testid="stMain"]');
  if (!mark || !main) {
    return;
  }
  const step = mark.getAttribute("data-charter-step");
  const before = main.getAttribute("data-charter-shown");
  main.setAttribute("data-charter-shown", step);
  if (before === null || before === step) {
    return;
  }
  main.scrollTo(0, 0);
  const title = main.querySelector("h1");
  if (title) {
    title.setAttribute("tabindex", "-1");
    title.focus({ preventScroll: true });
  }
})();
