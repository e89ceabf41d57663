import RevOps

/// Runs the examples of the routing file through the very code that decides about leads.
struct ExampleRun {
  let report: Report
  let policy: Policy

  func run(_ examples: [Example]) {}
}
