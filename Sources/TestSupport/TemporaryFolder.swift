import Foundation

/// A folder of its own for one test, gone with this object.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("baton-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// What is left behind in the system's temporary folder does no harm.
  deinit { try? FileManager.default.removeItem(at: url) }
}
