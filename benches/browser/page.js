// Runs in every page before anything else: takes the time from an input until the right
// rows are on the screen. A page calls `bench.ready({ input, apply, first, count })`:
// the search field, what to do for a change of the state, and what the reader sees.
(function () {
  "use strict";
  if (window !== window.top || window.bench) return;

  const channel = new MessageChannel();
  const painted = [];
  channel.port1.onmessage = () => painted.shift()();

  const bench = (window.bench = {
    interactive: 0,
    result: null,
    failure: null,
    limit: 30000,
    expected: null,

    /** Calls `then` after the next frame is on the screen. */
    afterPaint(then) {
      requestAnimationFrame(() => {
        painted.push(then);
        channel.port2.postMessage(0);
      });
    },

    /** Says what the next input must show. */
    arm(expected) {
      bench.expected = expected;
      bench.result = null;
    },

    /** Tells the page of a change that no key makes. */
    change(state, changed) {
      begin(performance.now());
      bench.adapter.apply(state, changed);
    },

    ready(adapter) {
      bench.adapter = adapter;
      watch(window.benchFirst, 0, () => (bench.interactive = performance.now()), 60000);
    },
  });

  addEventListener(
    "input",
    (event) => {
      if (bench.adapter && event.target === bench.adapter.input && bench.expected) begin(Math.min(event.timeStamp, performance.now()));
    },
    true,
  );

  function begin(start) {
    const expected = bench.expected;
    bench.expected = null;
    watch(expected, start, () => (bench.result = { wall: performance.now() - start }), bench.limit);
  }

  /** Looks in every frame whether the page shows what it must. */
  function watch(expected, start, then, limit) {
    requestAnimationFrame(() => {
      if (shows(expected)) {
        painted.push(then);
        channel.port2.postMessage(0);
      } else if (performance.now() - start < limit) {
        watch(expected, start, then, limit);
      } else {
        bench.result = { wrong: { first: bench.adapter.first(3), count: bench.adapter.count(), expected } };
      }
    });
  }

  function shows({ first, count }) {
    try {
      const seen = bench.adapter.first(3);
      const rows = bench.adapter.count();
      return seen.join("\n") === first.join("\n") && (rows === null || rows === count);
    } catch (error) {
      bench.failure = String(error);
      return false;
    }
  }
})();
