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

  private static func run() async throws {
    print("\(ProcessInfo.processInfo.activeProcessorCount) processors, shared by Baton, the stand-ins and the load")
    for line in try Deciding.measure(config: "config") { print(line) }
    let startUp = try await StartUp.measure()
    print("start-up to listening       \(startUp)")
    for line in try await FormToCard.measure() { print(line) }
    for line in try await Acknowledgement.measure() { print(line) }
  }
}
