"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  // Accents are forgiven: "dan van" finds "Dân vận".
  const fold = (words) =>
    words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  const sections = [...document.querySelectorAll("details.shape")].map((details) => ({
    details,
    unfolded: details.open,
    parts: [...details.querySelectorAll("section")].map((part) => ({
      part,
      sources: part.dataset.source.split(" "),
      items: [...part.querySelectorAll("li")].map((item) => ({ item, words: null })),
    })),
  }));
  const fields = ["q", "severity", "shape", "source"].filter((name) => form.elements[name]);

  const apply = () => {
    const asked = Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
    const words = fold(asked.q).split(" ").filter(Boolean);
    const narrowed = words.length > 0 || fields.slice(1).some((name) => asked[name]);
    let found = 0;
    for (const { details, unfolded, parts } of sections) {
      const fits =
        (!asked.severity || details.dataset.severity === asked.severity) && (!asked.shape || details.dataset.shape === asked.shape);
      let here = 0;
      for (const { part, sources, items } of parts) {
        let within = 0;
        if (fits && (!asked.source || sources.includes(asked.source))) {
          for (const one of items) {
            if (words.length && one.words === null) {
              const names = [...one.item.querySelectorAll("code[title]")].map((code) => code.title).join(" ");
              one.words = fold(`${one.item.textContent} ${names} ${details.dataset.shape}`);
            }
            const shown = words.every((word) => one.words.includes(word));
            one.item.hidden = !shown;
            if (shown) within += 1;
          }
        }
        part.hidden = within === 0;
        here += within;
      }
      details.hidden = here === 0;
      details.open = narrowed ? here > 0 : unfolded;
      found += here;
    }
    form.elements.found.value = form.dataset.of.replace("{found}", found).replace("{shown}", document.body.dataset.shown);
    form.elements.found.dataset.found = found;
    const left = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
    return narrowed ? `#${left}` : "#";
  };

  const remembered = () => {
    if (!location.hash.includes("=")) return;
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of fields) form.elements[name].value = asked.get(name) ?? "";
  };

  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(null, "", apply()), 120);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    remembered();
    apply();
    const target = location.hash.length > 1 && !location.hash.includes("=") && document.getElementById(location.hash.slice(1));
    if (target) target.open = true;
  });
  form.hidden = false;
  remembered();
  apply();
})();
