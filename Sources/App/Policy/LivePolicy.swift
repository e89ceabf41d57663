import Foundation
import Logging
import PolicyFiles
import RevOps
import Synchronization

/// The configuration in force. A reload takes effect for the next decision, whole or not at all.
public final class LivePolicy: Sendable {
  private let folder: String
  private let logger: Logger
  private let loaded: Mutex<LoadedPolicy>

  /// Reads and checks the folder; throws all that is wrong with it.
  public init(folder: String, logger: Logger) throws(PolicyFailure) {
    self.folder = folder
    self.logger = logger
    loaded = Mutex(try PolicyLoader(folder: folder).load())
  }

  public var current: Policy { loaded.withLock { $0.policy } }
  public var warnings: [Diagnostic] { loaded.withLock { $0.warnings } }

  /// Reads the folder again. A configuration with errors is refused and the old one stays live; the log says why.
  @discardableResult
  public func reload() -> Bool {
    do {
      let next = try PolicyLoader(folder: folder).load()
      loaded.withLock { $0 = next }
      logger.notice("configuration reloaded", metadata: ["config_version": "\(next.policy.version)"])
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
