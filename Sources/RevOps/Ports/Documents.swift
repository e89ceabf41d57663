import Foundation

/// Small shared documents outside of any lead's commit: who is away, who has opened their Home, which digests went out.
public protocol Documents: Sendable {
  func document(_ key: String) async throws(StorageError) -> StoredDocument?
  /// Stores all of them if each still has the version that it was read with, or none. True: stored. Durable when it
  /// returns.
  func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool
}

extension Documents {
  /// What is stored under the key; nil: nothing yet.
  public func read<Value: Decodable>(_ type: Value.Type, _ key: String) async throws(StorageError) -> Value? {
    try await versioned(type, key).value
  }

  /// Changes the document on what is there, again where somebody else was faster.
  ///
  /// - Returns: what is stored now.
  @discardableResult
  public func update<Value: Codable & Equatable>(
    _ key: String, from initial: Value, _ change: (inout Value) -> Void
  ) async throws(StorageError) -> Value {
    while true {
      let found = try await versioned(Value.self, key)
      var value = found.value ?? initial
      change(&value)
      if value == found.value { return value }
      if try await put([try .encoding(value, key: key, version: found.version)]) { return value }
    }
  }

  /// With the version that a change of it must name.
  public func versioned<Value: Decodable>(
    _ type: Value.Type, _ key: String
  ) async throws(StorageError) -> (value: Value?, version: Int) {
    guard let document = try await document(key) else { return (nil, 0) }
    do { return (try JSONDecoder().decode(type, from: document.content), document.version) } catch {
      throw StorageError(.unreadable, "the document \(key) can't be read")
    }
  }
}

extension StoredDocument {
  public static func encoding(
    _ value: some Encodable, key: String, version: Int
  ) throws(StorageError) -> StoredDocument {
    do { return StoredDocument(key: key, version: version, content: try JSONEncoder().encode(value)) } catch {
      throw StorageError(.unreadable, "the document \(key) can't be written")
    }
  }
}
