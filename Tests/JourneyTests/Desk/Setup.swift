import Foundation
import Sandbox

/// How a desk differs from the usual one.
struct Setup: Sendable {
  var sandbox = Sandbox.Configuration()
  /// Replaces text of the sample configuration's files before Baton starts: file, old, new.
  var edits: [(file: String, old: String, new: String)] = []
  /// Those that Baton is configured for.
  var services: [StandIn] = [.slack, .hubspot, .apollo, .clearbit]
  /// Put at the end of every prompt's system message.
  var promptEnding: String?
  /// Added to Baton's environment, or taken out of it with nil.
  var environment: [String: String?] = [:]
  /// Put before `baton` on the command line: a tracer and its options.
  var tracer: [String] = []
  /// How many processes share one Redis; nil: one process with a store of its own.
  var sharing: Int?

  /// What it takes of the room: how many processes there are to be served by the machine.
  var seats: Int { (sharing ?? 1) > 1 ? 2 : 1 }

  static let usual = Setup()

  /// Every service is configured.
  static let everything: Setup = {
    var setup = Setup()
    setup.services = StandIn.allCases
    return setup
  }()

  /// The same desk with three instances on one Redis.
  var onRedis: Setup {
    var setup = self
    setup.sharing = 3
    return setup
  }

  /// With an index for past accounts.
  var indexed: Setup {
    var setup = self
    setup.services.append(.pinecone)
    return setup
  }

  static func editing(_ file: String, _ old: String, _ new: String) -> Setup {
    var setup = Setup()
    setup.edits = [(file, old, new)]
    return setup
  }
}
