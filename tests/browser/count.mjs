// A reporter of node's test runner, for `cargo xtask test`: how many tests passed and failed, as JSON.
export default async function* count(events) {
  const count = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    // What is skipped or still to be written did not run, and a suite is not a test.
    if (data?.details?.type === "suite" || data?.skip !== undefined || data?.todo !== undefined) continue;
    if (type === "test:pass") count.passed += 1;
    if (type === "test:fail") count.failed += 1;
  }
  yield JSON.stringify(count);
}
