import Foundation
import Hiredis
import RevOps
import StoredForms

/// Answers as what was stored, or `.unreadable`.
extension RedisValue {
  func list() throws(StorageError) -> [RedisValue] {
    guard let array else { throw .strange }
    return array
  }

  func content() throws(StorageError) -> Data {
    guard let data else { throw .strange }
    return data
  }

  func word() throws(StorageError) -> String {
    guard let text else { throw .strange }
    return text
  }

  func number() throws(StorageError) -> Int {
    guard let int else { throw .strange }
    return int
  }

  func date() throws(StorageError) -> Date { Date(stored: try real()) }

  func real() throws(StorageError) -> Double {
    guard let text, let number = Double(text) else { throw .strange }
    return number
  }
}

extension Array<RedisValue> {
  /// The rows of a flat answer.
  func rows(of width: Int) throws(StorageError) -> [ArraySlice<RedisValue>] {
    guard count.isMultiple(of: width) else { throw .strange }
    return stride(from: 0, to: count, by: width).map { self[$0..<$0 + width] }
  }
}

extension RedisCommand {
  mutating func add(_ date: Date) { add("\(date.stored)") }
  mutating func add(_ flag: Bool) { add(flag ? "1" : "0") }
  mutating func add(_ lead: LeadID) { add(lead.description) }
}
