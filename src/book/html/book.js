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
  // Looked for when somebody filters: a large book has ten thousand of them.
  function itemsOf(list) {
    return Array.from(list.querySelectorAll("[data-group], [data-strength]")).filter(function (item) {
      return item.parentElement.closest("[data-strength]") === null;
    });
  }
  // A heading whose lists show nothing.
  function hideEmpty(list) {
    list.querySelectorAll(".group").forEach(function (title) {
      var isEmpty = true;
      for (var e = title.nextElementSibling; e !== null && e.localName === "ul"; e = e.nextElementSibling)
        isEmpty = isEmpty && e.querySelector("li:not([hidden])") === null;
      title.hidden = isEmpty;
    });
  }
  document.querySelectorAll("form[data-list]").forEach(function (form) {
    var list = document.getElementById(form.dataset.list), items = null;
    form.addEventListener("change", function () {
      var selects = wants(form), n = 0;
      items = items || itemsOf(list);
      items.forEach(function (item) {
        var shown = selects.every(function (s) { return agrees(item, s); });
        item.hidden = !shown;
        n += shown ? 1 : 0;
      });
      hideEmpty(list);
      form.querySelector("output").textContent = n + " / " + items.length;
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.reset();
    form.hidden = false;
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
}());
