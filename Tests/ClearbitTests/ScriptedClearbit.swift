import Foundation
import Synchronization
import Testing
import VendorAPI

/// Answers each operation with one answer, and keeps what it was asked.
final class ScriptedClearbit: HTTPTransport {
  typealias Answer = (status: Int, body: String)
  private let answers: [String: Answer]
  private let seen = Mutex<[VendorRequest]>([])

  init(_ answers: [String: Answer]) { self.answers = answers }

  var requests: [VendorRequest] { seen.withLock { $0 } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    seen.withLock { $0.append(request) }
    guard let answer = answers[request.operation] else {
      throw TransportError(cause: .timedOut, mayHaveReachedService: true, detail: "no answer")
    }
    return VendorResponse(status: answer.status, body: Data(answer.body.utf8))
  }
}
