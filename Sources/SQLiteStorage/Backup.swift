import Foundation
import GRDB

/// A consistent copy of a database in use, by SQLite's backup interface. Blocks.
struct Backup {
  let source: DatabasePool
  let target: URL

  func run() throws {
    let partial = target.appendingPathExtension("partial")
    try remove(partial)
    guard
      FileManager.default.createFile(
        atPath: partial.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    try copy(to: partial)
    guard rename(partial.path, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  private func copy(to file: URL) throws {
    let copy = try DatabaseQueue(path: file.path)
    try source.backup(to: copy)
    // A single file is easier to carry than one with a log beside it.
    try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try copy.close()
  }

  private func remove(_ file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    try FileManager.default.removeItem(at: file)
  }
}
