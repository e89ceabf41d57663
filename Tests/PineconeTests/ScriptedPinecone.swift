import Foundation
import RevOps
import Synchronization
import VendorAPI

@testable import Pinecone

/// Gives its answers in turn, the last one for ever, and keeps what it was asked.
final class ScriptedPinecone: HTTPTransport {
  private let answers: Mutex<[VendorResponse]>
  private let seen = Mutex<[VendorRequest]>([])

  init(_ answers: [VendorResponse]) { self.answers = Mutex(answers) }

  convenience init(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) {
    self.init([VendorResponse(status: status, headers: headers, body: Data(body.utf8))])
  }

  var requests: [VendorRequest] { seen.withLock { $0 } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    seen.withLock { $0.append(request) }
    let answer = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
    guard let answer else { throw TransportError(cause: .timedOut, mayHaveReachedService: true, detail: "no answer") }
    return answer
  }

  func client(
    _ index: PineconeClient.Index = .host("https://past.pinecone.test"), namespace: String? = nil,
    version: String? = nil, apiURL: String = "https://api.pinecone.test"
  ) -> PineconeClient {
    PineconeClient(
      transport: self, apiURL: apiURL, apiKey: "key-1", index: index, namespace: namespace, version: version,
      limiter: RateLimiter(rates: [:]))
  }
}

extension AccountMemory {
  static func sample(
    _ email: String = "ada@acme.example", outcome: String = "won", reason: String? = nil, vector: [Float] = [1, 0, 0]
  ) -> AccountMemory {
    let at = Date(timeIntervalSince1970: 1_772_442_000.123)
    var random = SystemRandomNumberGenerator()
    let domain = String(email.drop { $0 != "@" }.dropFirst())
    return AccountMemory(
      id: "\(domain)/deal", account: domain, outcome: outcome, reason: reason, at: at, industry: "Banking",
      country: nil, employees: 900, leadID: LeadID(identity: email, now: at, random: &random), vector: vector,
      model: "m")
  }
}
