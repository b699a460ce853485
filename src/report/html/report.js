(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  all(".js").forEach((e) => { e.hidden = false; });
  all(".nojs").forEach((e) => { e.hidden = true; });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  all("[data-do=theme]").forEach((button) => {
    const tell = () => button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; tell(); });
    dark.addEventListener("change", tell);
    tell();
  });
  all("[data-do=print]").forEach((button) => button.addEventListener("click", () => print()));

  // A link into what is closed opens it.
  const reveal = () => {
    let at = null;
    try { at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    for (let e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    const show = () => at.scrollIntoView({ block: /^(TR|LI|DETAILS)$/.test(at.tagName) ? "center" : "start" });
    // What is drawn only when it comes into sight may be of another size than was thought.
    if (at) { show(); requestAnimationFrame(show); }
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // Where an action is named by its id, it becomes a link, and its title stands below.
  const chapter = (e) => e.closest("section.t") || document;
  const titles = new Map(), sheets = new Map();
  all(".al>[id]").forEach((item) => {
    const id = item.querySelector("i").textContent, of = chapter(item);
    const title = [...item.childNodes].find((n) => n.nodeType === 3).data.trim();
    sheets.set(item.id, [id, title]);
    titles.set(of, (titles.get(of) || new Map()).set(id, [item.id, title]));
  });
  const entitle = (text) => {
    const [to, title] = titles.get(chapter(text.parentElement))?.get(text.textContent) || [];
    if (!to) return;
    const link = document.createElement("a"), small = document.createElement("small");
    link.href = "#" + to;
    link.className = "ai";
    small.textContent = text.textContent;
    link.textContent = title;
    text.replaceWith(link, small);
  };
  all(".al a[href^='#a']").forEach((link) => {
    const [, title] = titles.get(chapter(link))?.get(link.textContent) || [];
    if (title) { const i = document.createElement("i"); i.textContent = link.textContent; link.textContent = title; link.after(" ", i); }
  });

  all(".nums a").forEach((link) => link.after(" " + (document.querySelector(link.hash + " h5")?.textContent || "")));

  // The findings stand by kind and owner; in one list these are columns.
  all("table[data-kind]").forEach((table) => {
    const { kind, owner } = table.dataset, head = table.tHead.rows[0], body = document.createElement("tbody");
    const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    [owner, kind].forEach((text) => { const th = cell("th", text); th.scope = "col"; head.prepend(th); });
    [...table.tBodies].forEach((block) => {
      const [title, ...rows] = block.rows, words = ["b", "i"].map((tag) => title.querySelector(tag)?.textContent || "");
      rows.forEach((row) => {
        const subject = row.cells[0], more = subject.childNodes[2];
        if (more) { const small = cell("small", more.data); more.previousSibling.remove(); more.replaceWith(small); }
        entitle(subject.firstChild);
        row.prepend(...words.map((word) => cell("td", word)));
        while (row.cells.length < head.cells.length) row.insertCell();
        body.append(row);
      });
      block.remove();
    });
    table.append(body);
    table.dataset.sort = "";
  });

  // What a cell is sorted by: the exact value of a number, the figures of a date, or the text.
  const value = (cell, head) => {
    const e = cell?.querySelector("data,time"), text = cell?.textContent.trim() || "";
    if (e) return e.tagName === "DATA" ? Number(e.value) : e.dateTime;
    if (head.dataset.d !== undefined && text) {
      const parts = text.match(/\d+/g);
      return (parts[0].length > 2 ? parts : parts.reverse()).join("-");
    }
    return text;
  };
  const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
  // Empty cells stand last, whichever way.
  const order = (a, b, way) => a === "" || b === "" ? (a === "") - (b === "")
    : way * (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));

  all("table[data-sort]").forEach((table) => {
    const body = table.tBodies[0], rows = [...body.rows], heads = all("thead th", table);
    heads.forEach((head, column) => {
      if (head.querySelector(".axis")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        let sorted = rows;
        if (was !== "descending") {
          const way = was === "ascending" ? -1 : 1;
          head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
          sorted = rows.map((row) => [value(row.cells[column], head), row])
            .sort((a, b) => order(a[0], b[0], way)).map((pair) => pair[1]);
        }
        body.append(...sorted);
      });
    });
  });

  all("form[data-filter]").forEach((form) => {
    const rows = [...document.getElementById(form.dataset.filter).tBodies[0].rows];
    const text = rows.map((row) => row.textContent.toLowerCase());
    const said = form.querySelector("output");
    const fields = ["kind", "owner", "who"].map((name) => form.elements[name]);
    const cells = rows.map((row) => [0, 1, 4].map((n) => row.cells[n].textContent));
    const apply = () => {
      const wanted = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, n) => {
        const shown = wanted.every((word) => text[n].includes(word))
          && fields.every((field, f) => !field.value || cells[n][f] === field.value);
        row.hidden = !shown;
        count += shown;
      });
      said.value = said.dataset.say.replace("{shown}", count).replace("{all}", rows.length);
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  });

  // The rows as `annexa gaps` writes them, put together from their parts; see embed.rs.
  const lines = ({ head, scopes, controls, findings, rows }) => {
    const cell = (finding) => (column, n) => {
      const value = column[finding], [, title] = value === null ? sheets.get("a" + findings[n - 1][finding]) : [];
      return typeof value === "number" ? sheets.get("a" + value)[0] : title ?? value;
    };
    const text = [head];
    rows.forEach((of, scope) => {
      const served = new Map();
      of.forEach((list, control) => list.forEach((f) => served.set(f, [...(served.get(f) || []), control])));
      of.forEach((list, control) => list.forEach((f) => {
        const others = served.get(f).filter((c) => c !== control).map((c) => controls[scope][c][0]);
        const cells = findings.map(cell(f));
        text.push([scopes[scope], ...controls[scope][control], ...cells.slice(0, -1), others.join(";"), cells.at(-1)].join());
      }));
    });
    return text.join("\r\n") + "\r\n";
  };
  all("[data-do=csv]").forEach((button) => button.addEventListener("click", async () => {
    const packed = Uint8Array.from(atob(document.getElementById(button.dataset.from).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines(await new Response(stream).json())], { type: "text/csv" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }));

  // On paper everything that is open stays open; sections that a reader would look for are opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.pr:not([open])");
    opened.forEach((e) => { e.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((e) => { e.open = false; }));
})();
