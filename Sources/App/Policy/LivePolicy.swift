import Foundation
import Logging
import PolicyFiles
import RevOps
import Synchronization

/// The configuration in force, prompts included. A reload takes effect for the next decision, whole or not at all.
public final class LivePolicy: Sendable {
  private struct Loaded: Sendable {
    var policy: LoadedPolicy
    /// Nil: no language model is configured, and nobody reads them.
    var prompts: Prompts?
  }

  private let folder: String
  private let promptsFolder: String?
  private let logger: Logger
  private let loaded: Mutex<Loaded>

  /// Reads and checks the folders; throws all that is wrong in them.
  ///
  /// - Parameter prompts: nil: without prompts.
  public init(folder: String, prompts: String? = nil, logger: Logger) throws(PolicyFailure) {
    self.folder = folder
    promptsFolder = prompts
    self.logger = logger
    loaded = Mutex(try Self.load(folder, prompts))
  }

  public var current: Policy { loaded.withLock { $0.policy.policy } }
  public var warnings: [Diagnostic] { loaded.withLock { $0.policy.warnings } }
  public var prompts: Prompts? { loaded.withLock { $0.prompts } }

  /// Both folders are looked through before either's mistakes are told.
  private static func load(_ folder: String, _ prompts: String?) throws(PolicyFailure) -> Loaded {
    let policy = Result { () throws(PolicyFailure) in try PolicyLoader(folder: folder).load() }
    let texts = Result { () throws(PolicyFailure) in
      try prompts.map { folder throws(PolicyFailure) in
        try PromptLoader(folder: folder).load()
      }
    }
    if case .failure(let first) = policy, case .failure(let second) = texts {
      throw PolicyFailure(diagnostics: first.diagnostics + second.diagnostics)
    }
    return Loaded(policy: try policy.get(), prompts: try texts.get())
  }

  /// Reads the folders again. A configuration with errors is refused and the old one stays live; the log says why.
  @discardableResult
  public func reload() -> Bool {
    do {
      let next = try Self.load(folder, promptsFolder)
      loaded.withLock { $0 = next }
      logger.notice("configuration reloaded", metadata: ["config_version": "\(next.policy.policy.version)"])
      return true
    } catch {
      for diagnostic in error.diagnostics {
        logger.error("configuration refused", metadata: ["diagnostic": "\(diagnostic)"])
      }
      logger.error(
        "the configuration on disk has errors; the old one stays live",
        metadata: ["config_version": "\(current.version)"])
      return false
    }
  }
}
