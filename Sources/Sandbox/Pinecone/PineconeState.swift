import Foundation

/// What Pinecone keeps.
struct PineconeState: Sendable {
  var key: String
  var indexes: [String: PineconeIndex] = [:]
  /// Seconds until a write turns up in answers.
  var lag = 0.0
}

/// A record as it was written.
public struct VectorRecord: Sendable, Equatable {
  public var id: String
  public var values: [Double]
  /// Flat: text, numbers, booleans and lists of text.
  public var metadata: [String: JSON]
}

/// One index. A write is in force at once and seen later.
struct PineconeIndex: Sendable {
  enum Write: Sendable {
    case put(VectorRecord)
    case delete(String)
    case deleteAll
  }

  private struct Pending: Sendable {
    var at: Date
    var space: String
    var write: Write
  }

  var name: String
  var dimension: Int
  var metric = "cosine"
  /// By namespace and id: what answers show.
  private(set) var spaces: [String: [String: VectorRecord]] = [:]
  private var pending: [Pending] = []
  /// The number of the last write, and of the last that answers show.
  private(set) var written = 0
  private(set) var shown = 0

  init(name: String, dimension: Int) {
    self.name = name
    self.dimension = dimension
  }

  mutating func write(_ write: Write, to space: String, at: Date) {
    written += 1
    pending.append(Pending(at: at, space: space, write: write))
  }

  /// Shows what is older than the lag.
  mutating func settle(at now: Date, lag: Double) {
    while let next = pending.first, now.timeIntervalSince(next.at) >= lag {
      pending.removeFirst()
      shown += 1
      switch next.write {
      case .put(let record): spaces[next.space, default: [:]][record.id] = record
      case .delete(let id): spaces[next.space]?[id] = nil
      case .deleteAll: spaces[next.space] = nil
      }
    }
  }
}

extension World {
  /// Seconds until a write turns up in answers.
  public func setIndexLag(_ seconds: Double) { change { $0.pinecone.lag = seconds } }

  /// An empty index in the place of any of that name.
  public func addIndex(_ name: String, dimension: Int, metric: String = "cosine") {
    change { state in
      var index = PineconeIndex(name: name, dimension: dimension)
      index.metric = metric
      state.pinecone.indexes[name] = index
    }
  }

  /// All that was written, whether answers show it yet or not.
  public func vectors(_ index: String, namespace: String = "") -> [VectorRecord] {
    read { state in
      guard var index = state.pinecone.indexes[index] else { return [] }
      index.settle(at: .distantFuture, lag: 0)
      return (index.spaces[namespace] ?? [:]).values.sorted { $0.id < $1.id }
    }
  }
}
