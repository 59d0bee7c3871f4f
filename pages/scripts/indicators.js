// The page 指标: a board under its own address, its table sorted and narrowed here.
(() => {
  "use strict";
  const { $, $$, make, announce } = wengui.tools;

  function indicators(element, server) {
    const place = $("#indicators", element);
    element.addEventListener("change", (event) => {
      if (event.target.id === "table") go(event.target.value);
      else if (event.target.name === "order") sort(place, event.target.value, 1);
    });
    element.addEventListener("input", (event) => {
      if (event.target.closest(".narrowing") && event.target.name !== "order") narrow(place);
    });
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("click", (event) => {
      const head = event.target.closest("[data-sort]");
      if (head) turn(place, head);
    });
    window.addEventListener("popstate", show);
    function go(key) {
      history.pushState(null, "", `indicators?${new URLSearchParams({ table: key })}`);
      show();
    }
    async function show() {
      const key = new URLSearchParams(location.search).get("table") ?? "";
      try {
        const got = await server.open_board([key]);
        place.innerHTML = got.html;
        document.title = got.title;
        narrow(place);
        if (key) $("#table", place)?.focus();
      } catch {
        place.replaceChildren(make("p", "failure", "指标没有取到。请检查网络后刷新页面。"));
      }
    }
    show();
  }

  function turn(place, head) {
    const cell = head.closest("th");
    const down = cell.getAttribute("aria-sort") === "ascending";
    sort(place, head.dataset.sort, down ? -1 : 1);
    $("[name=order]", place).value = head.dataset.sort === "0" ? "" : head.dataset.sort;
  }
  function sort(place, column, way) {
    const body = $(".sheet tbody", place);
    const rows = $$("tr", body);
    const number = column === "" || column === "0";
    const key = (row) => (number ? row.dataset.place : row.children[column].dataset.value);
    rows.sort((one, other) => way * compared(key(one), key(other)) || one.dataset.place - other.dataset.place);
    body.append(...rows);
    $$(".sheet th[aria-sort]", place).forEach((one) => one.removeAttribute("aria-sort"));
    if (column !== "") {
      $$(".sheet thead th", place)[column].setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
    }
  }
  // Figures by size, then words by their order, then empty cells.
  function compared(one, other) {
    const [a, b] = [Number(one), Number(other)];
    const figures = [one !== "" && !Number.isNaN(a), other !== "" && !Number.isNaN(b)];
    if (figures[0] && figures[1]) return a - b;
    if (figures[0] !== figures[1]) return figures[0] ? -1 : 1;
    if ((one === "") !== (other === "")) return one === "" ? 1 : -1;
    return one.localeCompare(other, "zh-CN");
  }
  function narrow(place) {
    const form = $(".narrowing", place);
    if (!form) return;
    const words = form.words.value.trim().toLowerCase();
    const group = form.group?.value ?? "";
    const nature = form.nature?.value ?? "";
    const rows = $$(".sheet tbody tr", place);
    let shown = 0;
    for (const row of rows) {
      const fits = (!group || row.dataset.group === group) && (!nature || row.dataset.nature === nature)
        && (!words || row.textContent.toLowerCase().includes(words));
      row.hidden = !fits;
      shown += fits;
    }
    const said = shown === rows.length ? `共${shown}项。` : `共${rows.length}项，显示${shown}项。`;
    $("#shown", place).textContent = shown ? said : "没有符合条件的指标。请换一个词，或把筛选改回“全部”。";
  }

  Object.assign(wengui, { indicators });
})();
