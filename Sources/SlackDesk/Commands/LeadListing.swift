import Foundation
import SlackAPI

/// What a list in Slack shows, and which page of it: what its buttons carry to find the next.
struct LeadListing: Equatable {
  enum Content: Equatable {
    case search(String)
    case mine
    case queue
  }

  var content: Content
  /// 0 is the first.
  var page = 0

  static let turn: ActionID = "leads.page.v1"
  static let turnBack: ActionID = "leads.page_back.v1"
  /// Slack's buttons carry 2,000 units; nobody searches for more than this.
  static let longestSearch = 200

  init(_ content: Content, page: Int = 0) {
    self.content = content
    self.page = page
  }

  init?(value: String?) {
    guard let value, let json = try? SlackJSON(parsing: Data(value.utf8)), let page = json["page"].int,
      (0...1_000).contains(page)
    else { return nil }
    self.page = page
    switch json["list"].text {
    case "search": content = .search(json["text"].string ?? "")
    case "mine": content = .mine
    case "queue": content = .queue
    default: return nil
    }
  }

  func value(page: Int) -> String {
    var members: [String: SlackJSON?] = ["page": .int(page)]
    switch content {
    case .search(let text):
      members["list"] = "search"
      members["text"] = .string(text)
    case .mine: members["list"] = "mine"
    case .queue: members["list"] = "queue"
    }
    return SlackJSON.members(members).serialized
  }
}
