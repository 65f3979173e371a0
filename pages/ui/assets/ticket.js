// Hands in the ticket that stands in the page after signing in. The answer sets a cookie that no script can read.
// The page is not loaded again: that would throw away what has been typed. If it fails, this tab stays signed in, and
// only a reload asks for the password again.
(() => {
  const holder = document.querySelector("[data-charter-ticket]");
  const ticket = holder && holder.getAttribute("data-charter-ticket");
  if (!ticket) {
    return;
  }
  holder.removeAttribute("data-charter-ticket");
  fetch("/session", {
    method: "POST",
    headers: { "X-Charter-Ticket": ticket },
    credentials: "same-origin",
  }).catch(() => {});
})();
