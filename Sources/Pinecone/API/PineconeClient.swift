import Foundation
import RevOps
import Synchronization
import VendorAPI
import VendorPorts

/// Calls to one index with one API key, within its limit. Nothing is repeated here; every write is one that may be.
public final class PineconeClient: Sendable {
  static let vendor = "pinecone"
  /// The limiter's bucket, named as the playbook's rate is.
  public static let bucket: RateLimiter.Bucket = "pinecone"
  /// What requests are written for; without a version Pinecone would take its oldest.
  public static let version = "2026-04"

  /// How the index is found.
  public enum Index: Sendable, Equatable {
    /// Its address is asked of the control plane once.
    case name(String)
    /// With its scheme.
    case host(String)
  }

  private let calls: LimitedCalls
  private let apiURL: String
  private let index: Index
  private let namespace: String?
  private let headers: [(name: String, value: String)]
  private let timeout: Duration
  private let now: @Sendable () -> Date
  /// The data plane's address, once it is known.
  private let host = Mutex<String?>(nil)

  /// - Parameters:
  ///   - apiURL: of the control plane; an index address without a scheme takes its scheme.
  ///   - namespace: nil: the default one.
  ///   - version: of the API; nil: the one that requests are written for.
  ///   - timeout: of one call, waiting for the limiter not included.
  public init(
    transport: any HTTPTransport, apiURL: String = "https://api.pinecone.io", apiKey: String, index: Index,
    namespace: String? = nil, version: String? = nil, limiter: RateLimiter, timeout: Duration = .seconds(10),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    calls = LimitedCalls(transport: transport, limiter: limiter, bucket: Self.bucket)
    self.apiURL = apiURL
    self.index = index
    self.namespace = namespace
    headers = [
      (name: "Api-Key", value: apiKey), (name: "X-Pinecone-Api-Version", value: version ?? Self.version),
      (name: "Content-Type", value: "application/json"), (name: "Accept", value: "application/json"),
    ]
    self.timeout = timeout
    self.now = now
  }

  /// What the index takes, as Pinecone says it now. An index given by its address alone is asked for its statistics.
  func describe() async throws(VendorError) -> MemoryIndex.Shape {
    switch index {
    case .name(let name):
      let answer = try await call("indexes.describe", .get, URLQuery.url(apiURL, ["indexes", name]))
      try keep(answer["host"]?.string)
      return Self.shape(name, answer)
    case .host(let address):
      let answer = try await post("index.stats", ["describe_index_stats"], EmptyBody())
      return Self.shape(Self.name(of: address), answer)
    }
  }

  /// As many requests as the limits ask for.
  func upsert(_ records: [Record]) async throws(VendorError) {
    for piece in try batches(of: records) {
      _ = try await post("vectors.upsert", ["vectors", "upsert"], UpsertBody(namespace: namespace, vectors: piece))
    }
  }

  /// What is not there counts as deleted, and so does what would be in a namespace or an index that is not.
  func delete(_ ids: [String]) async throws(VendorError) {
    for piece in ids.pieces(of: PineconeLimits.idsOfDelete) {
      let body = DeleteBody(namespace: namespace, ids: Array(piece))
      do throws(VendorError) { _ = try await post("vectors.delete", ["vectors", "delete"], body) } catch {
        guard error.status == 404 else { throw error }
      }
    }
  }

  /// Best first. Nothing found is a normal answer: what was written may not be found yet.
  func query(
    _ vector: [Float], limit: Int, where filter: [String: QueryBody.Condition]
  ) async throws(VendorError) -> [Match] {
    let body = QueryBody(
      namespace: namespace, vector: vector, topK: min(max(limit, 1), PineconeLimits.topK), filter: filter)
    let answer = try await post("query", ["query"], body)
    return (answer["matches"]?.array ?? []).compactMap { match in
      guard let id = match["id"]?.string, let score = match["score"]?.double else { return nil }
      return Match(id: id, score: score, metadata: match["metadata"]?.object ?? JSONObject())
    }
  }

  // MARK: Pieces

  /// In order, each within both limits of a request.
  private func batches(of records: [Record]) throws(VendorError) -> [[Record]] {
    var batches: [[Record]] = []
    var bytes = 0
    for record in records {
      let size = try VendorJSON.encode(record, for: Self.vendor, "vectors.upsert").count + 1
      if let last = batches.last, last.count < PineconeLimits.recordsOfUpsert,
        bytes + size <= PineconeLimits.bytesOfUpsert
      {
        batches[batches.count - 1].append(record)
        bytes += size
      } else {
        batches.append([record])
        bytes = size
      }
    }
    return batches
  }

  private func post(_ operation: String, _ path: [String], _ body: some Encodable) async throws(VendorError)
    -> JSONValue
  {
    let address = try await address()
    let bytes = try VendorJSON.encode(body, for: Self.vendor, operation)
    return try await call(operation, .post, URLQuery.url(address, path), bytes)
  }

  private func call(
    _ operation: String, _ method: VendorRequest.Method, _ url: String, _ body: Data? = nil
  ) async throws(VendorError) -> JSONValue {
    let request = VendorRequest(
      vendor: Self.vendor, operation: operation, method: method, url: url, headers: headers, body: body,
      timeout: timeout)
    let response = try await calls.send(request)
    guard (200..<300).contains(response.status) else {
      let failure = PineconeRefusal.error(response, operation, now())
      await calls.respect(failure)
      throw failure
    }
    return try calls.read(response, to: request)
  }

  /// Two that ask at the same time learn the same.
  private func address() async throws(VendorError) -> String {
    switch index {
    case .host(let address): return address
    case .name:
      if let known = host.withLock({ $0 }) { return known }
      _ = try await describe()
      guard let known = host.withLock({ $0 }) else { throw unreadable("indexes.describe") }
      return known
    }
  }

  private func keep(_ address: String?) throws(VendorError) {
    guard let address, !address.isEmpty else { throw unreadable("indexes.describe") }
    let scheme = apiURL.hasPrefix("http://") ? "http://" : "https://"
    host.withLock { $0 = address.contains("://") ? address : scheme + address }
  }

  private static func shape(_ name: String, _ answer: JSONValue) -> MemoryIndex.Shape {
    // A sparse index has no dimension.
    MemoryIndex.Shape(name: name, dimension: answer["dimension"]?.int ?? 0, metric: answer["metric"]?.string)
  }

  private func unreadable(_ operation: String) -> VendorError {
    VendorError(
      vendor: Self.vendor, operation: operation, detail: "Pinecone did not say where the index is", retry: .now)
  }

  /// The first part of its address.
  private static func name(of address: String) -> String {
    let host = address.split(separator: "/").dropFirst().first ?? Substring(address)
    return String(host.split(separator: ".").first ?? host)
  }
}
