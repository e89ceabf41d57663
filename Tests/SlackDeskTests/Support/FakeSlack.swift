import Foundation
import SlackAPI
import Synchronization
import VendorAPI

/// A workspace of a few people and channels that answers what Baton asks and keeps what was asked.
final class FakeSlack: HTTPTransport {
  typealias Answer = @Sendable (VendorRequest) -> String

  private struct State {
    var answers: [String: Answer]
    var requests: [VendorRequest] = []
  }

  private let state: Mutex<State>

  init(_ special: [String: Answer] = [:]) {
    state = Mutex(State(answers: Self.usual.merging(special) { _, new in new }))
  }

  var client: SlackClient {
    SlackClient(transport: self, apiURL: "http://127.0.0.1:9/api", token: "xoxb-test-token")
  }

  var requests: [VendorRequest] { state.withLock { $0.requests } }
  var operations: [String] { requests.map(\.operation) }

  func last(_ operation: String) -> SlackJSON {
    requests.last { $0.operation == operation }.flatMap { try? SlackJSON(parsing: $0.body ?? Data()) } ?? .null
  }

  func change(_ operation: String, _ answer: @escaping Answer) { state.withLock { $0.answers[operation] = answer } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let answer = state.withLock { state -> Answer? in
      state.requests.append(request)
      return state.answers[request.operation]
    }
    let body = answer?(request) ?? #"{"ok":false,"error":"unknown_method"}"#
    if body == "down" { throw TransportError(cause: .timedOut, mayHaveReachedService: true, detail: "timed out") }
    return VendorResponse(status: 200, body: Data(body.utf8))
  }

  static let usual: [String: Answer] = [
    "auth.test": { _ in #"{"ok":true,"team_id":"T1","user_id":"UBOT","url":"https://northwind.slack.com/"}"# },
    "conversations.list": { _ in
      #"{"ok":true,"channels":[{"id":"C1LEADS","name":"leads"},{"id":"C2EMEA","name":"leads-emea"}]}"#
    },
    "conversations.open": { _ in #"{"ok":true,"channel":{"id":"D1"}}"# },
    "chat.postMessage": { _ in #"{"ok":true,"channel":"C1LEADS","ts":"1700000000.000100"}"# },
    "chat.update": { _ in #"{"ok":true,"channel":"C1LEADS","ts":"1700000000.000100"}"# },
    "chat.getPermalink": { _ in
      #"{"ok":true,"channel":"C2EMEA","permalink":"https://northwind.slack.com/archives/C2EMEA/p1700000000000100"}"#
    },
    "chat.postEphemeral": { _ in #"{"ok":true}"# },
    "views.open": { _ in #"{"ok":true,"view":{"id":"V1"}}"# },
    "views.publish": { _ in #"{"ok":true,"view":{"id":"V9","hash":"h1"}}"# },
    "response_url": { _ in "ok" },
    "users.info": { request in
      user(FakeSlack.people.first { field("user", request) == $0.id }) ?? #"{"ok":false,"error":"user_not_found"}"#
    },
    "users.lookupByEmail": { request in
      user(FakeSlack.people.first { field("email", request) == $0.email && !$0.deleted })
        ?? #"{"ok":false,"error":"users_not_found"}"#
    },
    "users.list": { _ in #"{"ok":true,"members":["# + people.map(json).joined(separator: ",") + "]}" },
  ]

  struct Person {
    var id: String
    var name: String
    var email: String
    var team = "T1"
    var guest = false
    var deleted = false
  }

  static let people = [
    Person(id: "U1JONAS", name: "Jonas Weber", email: "jonas@northwind.example"),
    Person(id: "U2ANNA", name: "Anna Berg", email: "anna@northwind.example"),
    Person(id: "U6MARIA", name: "Maria Brandt", email: "maria@northwind.example"),
    Person(id: "U3GUEST", name: "Gus Guest", email: "gus@agency.example", guest: true),
    Person(id: "U4OTHER", name: "Otto Other", email: "otto@partner.example", team: "T9"),
    Person(id: "U5GONE", name: "Gone Gone", email: "gone@northwind.example", deleted: true),
  ]

  private static func field(_ name: String, _ request: VendorRequest) -> String? {
    (try? SlackAPI.FormBody(request.body ?? Data()))?[name]
  }

  private static func user(_ person: Person?) -> String? { person.map { #"{"ok":true,"user":\#(json($0))}"# } }

  private static func json(_ person: Person) -> String {
    """
    {"id":"\(person.id)","team_id":"\(person.team)","name":"\(person.id)","real_name":"\(person.name)",
    "deleted":\(person.deleted),"is_restricted":\(person.guest),"tz":"Europe/Berlin",
    "profile":{"email":"\(person.email)"}}
    """
  }
}
