import Foundation
import GRDB
import RevOps

extension StorageError {
  static let closed = StorageError(.shutDown, "the store has been closed")

  /// What any error of this target means to the caller. The detail names SQLite's code only: its message may quote
  /// what was being stored.
  init(sqlite error: any Error) {
    switch error {
    case let error as StorageError: self = error
    case let error as DatabaseError: self.init(Self.cause(of: error.resultCode), "SQLite: \(error.extendedResultCode)")
    case is DecodingError: self.init(.unreadable, "what is stored has a newer format or is damaged")
    case is EncodingError: self.init(.unreadable, "this cannot be stored as JSON")
    default: self.init(.unavailable, "the store's file: \(type(of: error))")
    }
  }

  /// Result codes: https://sqlite.org/rescode.html. A full disk is told apart because a person can mend it; damage
  /// because waiting does not help.
  private static func cause(of code: ResultCode) -> Cause {
    switch code {
    case .SQLITE_FULL: .full
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA, .SQLITE_MISMATCH: .unreadable
    default: .unavailable
    }
  }
}
