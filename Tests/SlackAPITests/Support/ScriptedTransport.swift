import Foundation
import SlackAPI
import Synchronization
import VendorAPI

/// Answers calls from a list and keeps what was sent; a call that nobody scripted fails as `shutDown`.
final class ScriptedTransport: HTTPTransport {
  private struct State {
    var answers: [Result<VendorResponse, TransportError>]
    var requests: [VendorRequest] = []
  }

  private let state: Mutex<State>

  init(_ answers: Result<VendorResponse, TransportError>...) {
    state = Mutex(State(answers: answers))
  }

  var requests: [VendorRequest] { state.withLock { $0.requests } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let answer = state.withLock { state -> Result<VendorResponse, TransportError>? in
      state.requests.append(request)
      return state.answers.isEmpty ? nil : state.answers.removeFirst()
    }
    guard let answer else {
      throw TransportError(cause: .shutDown, mayHaveReachedService: false, detail: "nothing scripted")
    }
    return try answer.get()
  }
}

extension Result where Success == VendorResponse, Failure == TransportError {
  static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Self {
    .success(VendorResponse(status: status, headers: headers, body: Data(text.utf8)))
  }
}

extension VendorRequest {
  var text: String { String(decoding: body ?? Data(), as: UTF8.self) }

  func json() throws -> SlackJSON { try SlackJSON(parsing: body ?? Data()) }

  func form() throws -> FormBody { try FormBody(body ?? Data()) }

  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

func json(_ text: String) throws -> SlackJSON { try SlackJSON(parsing: Data(text.utf8)) }

func slack(_ transport: ScriptedTransport, throttle: SlackClient.Throttle? = nil) -> SlackClient {
  SlackClient(transport: transport, apiURL: "http://127.0.0.1:9/api/", token: "xoxb-test-token", throttle: throttle)
}

/// What strangers write to be seen as something else.
enum Hostile {
  static let texts = [
    "<!channel> <!here> <!everyone>", "<@U123ABC>", "<@U123ABC|boss>", "<#C123ABC>", "<!subteam^S123|@sales>",
    "<https://evil.example|Click to verify>", "<mailto:a@b.example|mail>", "<!date^0^{date}|x>",
    "&lt;!here&gt;", "&amp;lt;@U1&amp;gt;", "*bold* _it_ ~s~ `code`", "```\nfence\n```", "> quote", ">>> all of it",
    ":fire: :+1:", "x\n\n*Owner:* nobody\r\nOwner: me", "https://evil.example/a?b=c&d=e", "evil.example",
    "ada@acme.example", "@here #general", "a\u{202E}gnp.exe", "a\u{2066}b\u{2069}c", "zero\u{200B}width\u{FEFF}",
    "tag\u{E0041}\u{E0042}s", "\u{0}\u{7}\u{1B}[31mred", "`\u{301}accented backtick`", "<\u{338}@U1>", "|label>",
    String(repeating: "<", count: 5000), String(repeating: "*a ", count: 3000), String(repeating: "&", count: 4000),
    "e" + String(repeating: "\u{301}", count: 9000), String(repeating: "👩‍👩‍👧‍👦", count: 900),
    String(repeating: "x", count: 20_000), "مرحبا بالعالم", "", "   ", "\u{200B}",
  ]
}
