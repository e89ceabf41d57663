import Foundation
import RevOps
import SlackAPI

extension SlackHandlers {
  /// Slack shows no more than this many, and nobody reads that many.
  private static let suggested = 30

  /// The people that a reassignment can go to, by the beginning of a name or address.
  func suggest(_ suggestion: BlockSuggestion) async -> DeskReply {
    switch suggestion.actionID {
    case CardAction.people: await suggestPeople(suggestion)
    case HomeAction.find: await suggestLeads(suggestion)
    default: Self.options([])
    }
  }

  /// Leads by what somebody types: whom and where they stand.
  private func suggestLeads(_ suggestion: BlockSuggestion) async -> DeskReply {
    let text = SlackText.singleLine(suggestion.query)
    guard !text.isEmpty else { return Self.options([]) }
    do {
      let person = try await ports.directory.person(suggestion.context.userID)
      guard Permissions.refusal(of: .lookUp, to: DeskActor(person), on: nil, policy: ports.policy()) == nil else {
        return Self.options([])
      }
      let leads = visible(try await finder.all(text), to: person)
      return Self.options(
        leads.prefix(Self.suggested).map { lead in
          let text = PlainText("\(LeadTitle(lead).both) · \(lead.state.label)")
          return Option(text.clipped(to: SlackLimits.optionText), value: lead.id.description)
        })
    } catch {
      ports.report(
        (error as? ServiceError) ?? ServiceError(service: "storage", detail: "the leads can't be read", retry: .now))
      return Self.options([])
    }
  }

  private func suggestPeople(_ suggestion: BlockSuggestion) async -> DeskReply {
    do {
      let asking = try await ports.directory.person(suggestion.context.userID)
      guard Permissions.refusal(ofNewLeadTo: DeskActor(asking)) == nil else { return Self.options([]) }
      let people = try await ports.directory.people(matching: suggestion.query, limit: Self.suggested)
      return Self.options(people.map(Self.option))
    } catch {
      ports.report(error)
      return Self.options([])
    }
  }

  private static func options(_ options: [Option]) -> DeskReply {
    DeskReply(body: SuggestionReply.options(options).json)
  }

  private static func option(_ person: ChatPerson) -> Option {
    let address = person.email.map { ", \($0)" } ?? ""
    return Option(PlainText(person.name + address).clipped(to: SlackLimits.optionText), value: person.id)
  }

  /// The lead's team, who is available first, each with their open leads.
  /// - Parameter asking: whether Slack is asked for names; otherwise they come from memory.
  func choices(for lead: Lead, asking: Bool) async throws(StorageError) -> [ReassignModal.Choice] {
    let routing = ports.policy().routing
    let home = routing.teams.first { team in team.members.contains { $0.email == lead.desk.owner } }
    guard let team = lead.desk.team.flatMap({ routing.team(named: $0) }) ?? home else { return [] }
    let emails = team.members.map(\.email).filter { $0 != lead.desk.owner }
    let loads = try await ports.leads.loads(of: team.members.map(\.email))
    let outcome = Assignment.choose(
      team: team, roster: try await Roster.read(from: ports.documents), loads: loads,
      declined: Set(lead.desk.declinedBy), now: ports.now())
    let gates = Dictionary(outcome.candidates.map { ($0.email, $0.gate) }, uniquingKeysWith: { first, _ in first })
    var choices: [ReassignModal.Choice] = []
    for email in emails {
      let name = await ports.directory.named(email, asking: asking)
      choices.append(
        ReassignModal.Choice(email: email, name: name, load: loads[email] ?? 0, gate: gates[email] ?? nil))
    }
    return choices.sorted { ($0.load, $0.name) < ($1.load, $1.name) }
  }
}
