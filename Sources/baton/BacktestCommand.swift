import App
import ArgumentParser
import Foundation
import PolicyFiles
import RevOps

struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Past leads through a changed configuration: who would have got which.",
    discussion: """
      Reads the store (REDIS_URL, or BATON_DATA_DIR), also while services work on it, and changes nothing. Ends with 1 \
      if a lead is newly \
      unrouted; with 2 if the configuration has errors: then the rules in error are left out, and the leads whose route \
      changes by that are listed.
      """)

  @Option(help: "The configuration folder to try.")
  var config: String

  @Option(help: "How far back, such as 12h or 30d.")
  var since = Span(seconds: 30 * 86_400)

  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() async throws {
    let (policy, errors) = candidate()
    let environment = try ServeCommand.environment()
    let report = try await Output.past(environment) { past in
      guard let policy else { return BacktestReport([], errors: errors) }
      let leads = try await past.all(since: Date().addingTimeInterval(-TimeInterval(since.seconds)))
      return BacktestReport(try await Backtest.run(policy, over: leads, in: past), errors: errors)
    }
    if json {
      FileHandle.standardOutput.write(try report.json())
      Output.print("\n")
    } else if policy != nil {
      Output.print(report.text)
    }
    if !errors.isEmpty { throw ExitCode(2) }
    if !report.newlyUnrouted.isEmpty { throw ExitCode(1) }
  }

  /// The configuration, or what is left of it without the rules in error; nil when nothing is.
  private func candidate() -> (Policy?, [Diagnostic]) {
    do {
      return (try PolicyLoader(folder: config).load().policy, [])
    } catch {
      let errors = error.diagnostics.filter { $0.severity == .error }
      for diagnostic in errors { Output.complain(diagnostic.detailed) }
      Output.complain("\(errors.count) \(errors.count == 1 ? "error" : "errors"): this configuration would not go live")
      if error.salvaged == nil { Output.complain("Too little of it can be read to try it on past leads.") }
      return (error.salvaged, errors)
    }
  }
}

/// A length of time as configuration files write it: `30s`, `15m`, `4h`, `90d`.
struct Span: ExpressibleByArgument {
  var seconds: Int

  init(seconds: Int) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int(argument.dropLast()), (1...100_000) ~= count
    else { return nil }
    seconds = count * unit
  }

  var defaultValueDescription: String { seconds % 86_400 == 0 ? "\(seconds / 86_400)d" : "\(seconds)s" }
}
