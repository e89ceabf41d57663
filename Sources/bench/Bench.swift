import Foundation

/// `make bench`: what Baton costs and how fast it is, measured on the built `baton serve` beside this program, with
/// stand-ins for every service in this process. Everything stays on loopback, and the count of leads is fixed.
@main
enum Bench {
  static func main() async {
    do {
      try await run()
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  /// Names on the command line choose among the measurements; without any all are done.
  private static func run() async throws {
    print("\(ProcessInfo.processInfo.activeProcessorCount) processors, shared by Baton, the stand-ins and the load")
    let wanted = Set(CommandLine.arguments.dropFirst())
    let all: [(name: String, measure: () async throws -> [String])] = [
      ("deciding", { try Deciding.measure(config: "config") }), ("start", StartUp.measure),
      ("card", FormToCard.measure), ("acknowledgement", Acknowledgement.measure),
      ("clicks", Clicks.measure), ("hanging", Hanging.measure), ("throughput", Throughput.measure),
      ("hubspot", HubSpotCalls.measure),
    ]
    for (name, measure) in all where wanted.isEmpty || wanted.contains(name) {
      for line in try await measure() { print(line) }
    }
  }
}
