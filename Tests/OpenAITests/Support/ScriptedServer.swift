import Foundation
import RevOps
import Synchronization
import VendorAPI

/// Gives its answers in turn, the last one for ever, and keeps what it was asked.
final class ScriptedServer: HTTPTransport {
  struct Answer: Sendable {
    var status = 200
    var body: String
    var headers: [(name: String, value: String)] = []

    /// A completion that says `content`.
    static func says(_ content: String, finish: String = "stop") -> Answer {
      completion(["content": .string(content), "refusal": .null], finish)
    }

    static func completion(_ message: JSONObject, _ finish: String) -> Answer {
      let choice: JSONObject = ["index": .int(0), "message": .object(message), "finish_reason": .string(finish)]
      let usage: JSONObject = [
        "prompt_tokens": .int(900), "completion_tokens": .int(60),
        "prompt_tokens_details": .object(["cached_tokens": .int(768)]),
      ]
      return Answer(body: JSONValue.object(["choices": .array([.object(choice)]), "usage": .object(usage)]).jsonText)
    }

    static func error(
      _ status: Int, _ code: String?, _ message: String = "No.", param: String? = nil,
      headers: [(name: String, value: String)] = []
    ) -> Answer {
      let error: JSONObject = [
        "message": .string(message), "code": code.map { .string($0) } ?? .null,
        "param": param.map { .string($0) } ?? .null,
      ]
      return Answer(status: status, body: JSONValue.object(["error": .object(error)]).jsonText, headers: headers)
    }
  }

  private let answers: [Answer]
  private let seen = Mutex<[VendorRequest]>([])

  init(_ answers: Answer...) { self.answers = answers }

  var requests: [VendorRequest] { seen.withLock { $0 } }

  /// The bodies of what was asked.
  var bodies: [JSONValue] {
    requests.compactMap { request in request.body.flatMap { try? JSONValue.parse($0) } }
  }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let number = seen.withLock { seen in
      seen.append(request)
      return seen.count - 1
    }
    guard let answer = answers.isEmpty ? nil : answers[min(number, answers.count - 1)] else {
      throw TransportError(cause: .couldNotConnect, mayHaveReachedService: false, detail: "refused")
    }
    return VendorResponse(status: answer.status, headers: answer.headers, body: Data(answer.body.utf8))
  }
}
