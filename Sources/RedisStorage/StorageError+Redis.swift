import Foundation
import Hiredis
import RevOps

extension StorageError {
  /// What Redis' errors mean to the caller.
  init(redis error: RedisError) {
    switch error {
    case .closed: self.init(.shutDown, "the store has been closed")
    case .refused(let refusal) where refusal.code == "OOM": self.init(.full, error.advice)
    default: self.init(.unavailable, error.advice)
    }
  }

  static let strange = StorageError(.unreadable, "Redis holds something that this release did not write")

  /// Runs what encodes or decodes a document. Neither names what it was: that may be personal.
  static func coding<Value>(_ body: () throws -> Value) throws(StorageError) -> Value {
    do { return try body() } catch let error as StorageError {
      throw error
    } catch is EncodingError {
      throw StorageError(.unreadable, "this cannot be stored as JSON")
    } catch {
      throw StorageError(.unreadable, "what is stored has a newer format or is damaged")
    }
  }
}
