"use strict";
(function () {
  // On a narrow screen the contents wait behind their heading.
  var menu = document.querySelector(".menu"), narrow = matchMedia("(max-width: 69.99rem)");
  function arrange() { menu.open = !narrow.matches; }
  narrow.addEventListener("change", arrange);
  arrange();

  // Filters: what a form asks for, the items of its list have in data-…, or they are hidden.
  function wants(form) {
    return Array.from(form.querySelectorAll("select")).filter(function (s) { return s.value !== ""; });
  }
  function agrees(item, select) {
    var has = item.dataset[select.dataset.key];
    if (select.dataset.key === "stance")
      return select.value === "0" ? has === "0" : (has & select.value) !== 0;
    return has === select.value;
  }
  document.querySelectorAll("form[data-list]").forEach(function (form) {
    var list = document.getElementById(form.dataset.list);
    var items = Array.from(list.querySelectorAll("[data-group], [data-strength]")).filter(function (item) {
      return item.parentElement.closest("[data-strength]") === null;
    });
    function apply() {
      var selects = wants(form), n = 0;
      items.forEach(function (item) {
        var shown = selects.every(function (s) { return agrees(item, s); });
        item.hidden = !shown;
        n += shown ? 1 : 0;
      });
      list.querySelectorAll("ul").forEach(function (ul) {
        var title = ul.previousElementSibling;
        if (title !== null && title.classList.contains("group"))
          title.hidden = ul.querySelector("li:not([hidden])") === null;
      });
      form.querySelector("output").textContent = n + " / " + items.length;
    }
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.reset();
    form.hidden = false;
    apply();
  });

  // A quote that is linked to must not be hidden by a filter.
  function reveal() {
    var target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (target !== null && target.hidden)
      target.hidden = false;
    if (target !== null && target.closest("ul.index") !== null && target.querySelector("a") !== null)
      location.replace(target.querySelector("a").href);
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  // Search: a turn is found when every word stands in it, without regard to case and accents.
  var form = document.getElementById("search-form");
  if (form === null)
    return;
  var PAGE = 50, SLICE_MS = 12;
  var input = form.querySelector("input"), status = form.querySelector("[role=status]");
  var results = document.getElementById("search-results");
  var data = null, turns = [], ready = 0, found = [], shown = 0, more = null, typing = 0;
  function fold(text) {
    return (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}+/gu, "").replace(/\u00ad/g, ""))
      .replace(/\s+/g, " ").toLowerCase();
  }
  function anchorOf(t) {
    return typeof t.turn[0] === "string" ? t.turn[0] : "s" + t.number + "." + t.turn[0];
  }
  // In one page the words stand in the transcript, between the names of codes.
  function textOf(t) {
    if (t.turn[2] !== 0)
      return t.turn[2];
    var text = "";
    document.getElementById(anchorOf(t)).lastChild.childNodes.forEach(function (node) {
      if (node.nodeName === "BR")
        text += "\n";
      else if (node.nodeType === 3 || !node.classList.contains("chip"))
        text += node.textContent;
    });
    return text;
  }
  function load() {
    if (data !== null)
      return;
    data = JSON.parse(document.getElementById("search-index").textContent);
    data.sources.forEach(function (source, i) {
      source[2].forEach(function (turn) { turns.push({ source: source, number: i + 1, turn: turn, text: null }); });
    });
  }
  function prepare(deadline) {
    for (; ready < turns.length && (deadline === 0 || performance.now() < deadline); ready++)
      turns[ready].text = fold(textOf(turns[ready]));
    return ready === turns.length;
  }
  function idle() {
    load();
    if (!prepare(performance.now() + SLICE_MS))
      setTimeout(idle, 0);
  }
  function parse(query) {
    var words = [];
    fold(query).replace(/["\u00ab\u201c\u201e]([^"\u00bb\u201d\u201c]+)["\u00bb\u201d\u201c]|(\S+)/g, function (all, phrase, word) {
      var text = (phrase !== undefined ? phrase : word).trim().replace(/\s+/g, " ");
      if (text !== "")
        words.push(text);
    });
    return words;
  }
  function passageAgrees(passage, selects) {
    return selects.every(function (s) {
      switch (s.dataset.key) {
      case "code": return data.codes[passage[0]][0] === s.value;
      case "status": return (passage[1] === 1 ? "accepted" : "proposed") === s.value;
      case "stance": return s.value === "0" ? passage[2] === 0 : (passage[2] & s.value) !== 0;
      case "rules": return String(passage[3]) === s.value;
      default: return true;
      }
    });
  }
  function search() {
    var words = parse(input.value), selects = wants(form);
    var group = selects.find(function (s) { return s.dataset.key === "group"; });
    var others = selects.filter(function (s) { return s !== group; });
    load();
    prepare(0);
    found = words.length === 0 && selects.length === 0 ? [] : turns.filter(function (t) {
      return (group === undefined || String(t.turn[1]) === group.value)
        && words.every(function (w) { return t.text.indexOf(w) >= 0; })
        && (others.length === 0 || t.turn[3].some(function (p) { return passageAgrees(p, others); }));
    });
    shown = 0;
    results.textContent = "";
    results.hidden = found.length === 0;
    status.textContent = words.length + selects.length > 0 ? status.dataset.found + " " + found.length : "";
    show(words);
  }
  // Where the words stand in the text as it is: each character is folded on its own.
  function spans(text, words) {
    var folded = "", at = [], out = [];
    Array.from(text).reduce(function (start, c) {
      var f = fold(c);
      for (var i = 0; i < f.length; i++)
        at.push(start);
      folded += f;
      return start + c.length;
    }, 0);
    at.push(text.length);
    words.forEach(function (w) {
      for (var i = folded.indexOf(w); i >= 0; i = folded.indexOf(w, i + w.length))
        out.push([at[i], at[i + w.length]]);
    });
    return out.sort(function (a, b) { return a[0] - b[0]; });
  }
  function excerpt(text, words, into) {
    var marks = spans(text, words), from = 0, to = text.length, at;
    if (text.length > 400) {
      from = marks.length > 0 ? Math.max(0, text.lastIndexOf(" ", Math.max(0, marks[0][0] - 120))) : 0;
      to = text.indexOf(" ", Math.min(text.length - 1, from + 400));
      to = to < 0 ? text.length : to;
    }
    at = from;
    into.append(from > 0 ? "… " : "");
    marks.forEach(function (m) {
      if (m[0] < at || m[1] > to)
        return;
      into.append(text.slice(at, m[0]));
      var b = document.createElement("b");
      b.textContent = text.slice(m[0], m[1]);
      into.append(b);
      at = m[1];
    });
    into.append(text.slice(at, to) + (to < text.length ? " …" : ""));
  }
  function element(name, parent, text, dir) {
    var e = document.createElement(name);
    if (text !== undefined)
      e.textContent = text;
    if (dir)
      e.dir = dir;
    parent.append(e);
    return e;
  }
  function show(words) {
    var end = Math.min(found.length, shown + PAGE);
    for (; shown < end; shown++) {
      var t = found[shown], li = element("li", results), turn = t.turn;
      excerpt(textOf(t).replace(/\s+/g, " "), words, element("blockquote", li, undefined, "auto"));
      var cite = element("p", li);
      cite.className = "cite";
      var a = element("a", cite);
      a.href = (data.folder ? t.source[0] + ".html" : "") + "#" + anchorOf(t);
      element("bdi", a, t.source[1]);
      a.append(typeof turn[0] === "string" ? " " + turn[0] : " ¶" + turn[0]);
      cite.append(" · ");
      element("bdi", cite, turn[1] < 0 ? data.interviewer : data.groups[turn[1]]);
      var codes = turn[3].map(function (p) { return data.codes[p[0]][1]; });
      codes.filter(function (c, i) { return codes.indexOf(c) === i; }).forEach(function (c) {
        cite.append(" · ");
        element("bdi", cite, c);
      });
    }
    if (more !== null)
      more.remove();
    more = null;
    if (shown < found.length) {
      more = element("button", results.parentElement, status.dataset.more);
      more.type = "button";
      more.addEventListener("click", function () {
        var first = shown;
        show(words);
        results.children[first].querySelector("a").focus();
      });
      results.after(more);
    }
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  form.addEventListener("change", search);
  input.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(search, 120);
  });
  form.reset();
  form.hidden = false;
  document.getElementById("search-hint").hidden = false;
  document.getElementById("search-without").hidden = true;
  setTimeout(idle, 300);
}());
