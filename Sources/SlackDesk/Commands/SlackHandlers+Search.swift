import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackHandlers {
  /// How long the CRM may think before what Baton itself knows is said.
  private static let crmPatience: Duration = .milliseconds(500)

  var finder: LeadSearch { LeadSearch(leads: ports.leads, names: ports.names) }

  /// What somebody may see of it.
  func visible(_ leads: [Lead], to person: ChatPerson) -> [Lead] {
    let policy = ports.policy()
    return leads.filter { lead in
      Permissions.refusal(of: .lookUp, to: DeskActor(person), on: lead, policy: policy) == nil
    }
  }

  /// The leads that fit; where Baton knows none, what the CRM knows.
  func search(_ text: String, _ person: ChatPerson) async throws(StorageError) -> CommandAnswer {
    let found = visible(try await finder.all(text), to: person)
    if let only = found.first, found.count == 1 {
      return CommandAnswer(try await sheet(only, "1 lead for \(text, max: 100)"))
    }
    guard found.isEmpty else {
      let shown = String(text.prefix(LeadListing.longestSearch))
      return CommandAnswer(try await list(LeadListing(.search(shown)), found))
    }
    let nothing = nothing(text)
    guard let asking = askCRM(text) else { return CommandAnswer(nothing) }
    guard let known = await Self.first(of: asking, within: Self.crmPatience) else {
      var waiting = nothing
      waiting.text = "\(nothing.text)\nHubSpot has not answered yet: what it knows follows."
      return CommandAnswer(waiting, more: { await asking.value })
    }
    return CommandAnswer(known ?? nothing)
  }

  private func nothing(_ text: String) -> Message {
    let nothing: Mrkdwn = "No lead found for \(text, max: 100)."
    if CRMLink.isOfCRM(text) {
      return Message(text: "\(nothing) Give the link of a contact or of a company, or its address or domain.")
    }
    guard let close = LeadRequest.closest(to: text) else { return HelpText.message(nothing) }
    return HelpText.message("\(nothing) Did you mean \(Mrkdwn.code("/lead " + close))?")
  }

  // MARK: The CRM

  /// Nil where there is no CRM, or nothing that it could find anybody by.
  private func askCRM(_ text: String) -> Task<Message?, Never>? {
    guard let crm = ports.crm, let query = CRM.Query(typed: text) else { return nil }
    return Task {
      do throws(ServiceError) {
        return AccountSheet(query: query, facts: try await crm.lookUp(query), recordURL: crm.recordURL).message
      } catch {
        ports.report(error)
        return Message(text: "HubSpot doesn't answer now: whether it knows \(text, max: 100) can't be said.")
      }
    }
  }

  // MARK: Lists

  func listing(_ listing: LeadListing, _ person: ChatPerson) async throws(StorageError) -> Message {
    switch listing.content {
    case .search(let text):
      return try await list(listing, visible(try await finder.all(text), to: person))
    case .mine:
      guard let email = person.email else { return Message(text: "Your Slack profile shows no e-mail address.") }
      let leads = try await OpenLeads(ports.leads).of(email)
      return leads.isEmpty ? Message(text: "You have no open leads.") : try await list(listing, leads)
    case .queue:
      let leads = visible(try await OpenLeads(ports.leads).waiting(), to: person)
      guard !leads.isEmpty else { return Message(text: "Nothing waits: no lead to review or to claim.") }
      return try await list(listing, leads)
    }
  }

  private func list(_ listing: LeadListing, _ leads: [Lead]) async throws(StorageError) -> Message {
    LeadList(title: Self.title(listing, leads), leads: leads, listing: listing, look: await ports.desk.look(at: leads))
      .message
  }

  private static func title(_ listing: LeadListing, _ leads: [Lead]) -> Mrkdwn {
    switch listing.content {
    case .search(let text):
      let count: Mrkdwn = leads.count >= LeadSearch.limit ? "The first \(leads.count) leads" : "\(leads.count) leads"
      return "\(count) for \(text, max: 100)"
    case .mine: return leads.count == 1 ? "Your open lead" : "Your \(leads.count) open leads"
    case .queue:
      let review = leads.count { $0.state == .inReview }
      return "\(review) to review, \(leads.count - review) to claim"
    }
  }

  private func sheet(_ lead: Lead, _ title: Mrkdwn) async throws(StorageError) -> Message {
    try await sheet(of: lead).message(title)
  }

  func sheet(of lead: Lead) async throws(StorageError) -> LeadSheet {
    let history = try await ports.leads.history(of: lead.id)
    var look = await ports.desk.look(at: [lead])
    await look.name(history.map(\.actor) + history.compactMap(\.to), by: ports.directory)
    let contact = lead.desk.crm.contactID ?? lead.facts?.crm.contactID
    let url = contact.flatMap { id in ports.crm?.recordURL(id) }
    return LeadSheet(lead: lead, history: history, look: look, crmURL: url)
  }

  // MARK: Pages

  /// Another page of a list takes the place of the one that was shown.
  func turn(to listing: LeadListing, _ actions: BlockActions) async {
    guard let url = actions.responseURL else { return }
    let message: Message
    do {
      let person = try await ports.directory.person(actions.context.userID)
      if let refusal = Permissions.refusal(of: .lookUp, to: DeskActor(person), on: nil, policy: ports.policy()) {
        message = Message(text: Mrkdwn(await named(refusal)))
      } else {
        message = try await self.listing(listing, person)
      }
    } catch let error as ServiceError {
      ports.report(error)
      return await tell(Message(text: "Slack didn't tell Baton who you are. Press the button again."), at: url)
    } catch {
      return await tell(Message(text: "Baton can't read its store now. Press the button again in a moment."), at: url)
    }
    do throws(VendorError) { try await ports.client.respond(.replace(message), to: url) } catch {
      ports.report(ServiceError(error))
    }
  }
}

extension CRM.Query {
  /// Longer than any company's name: not worth a call.
  private static let longestName = 100

  /// By what the CRM can be asked for: an address, a domain, a company's name.
  fileprivate init?(typed line: String) {
    let text = LeadSearch.withoutAt(line)
    if let address = LeadSearch.address(in: text).flatMap({ EmailAddress($0) }) {
      self.init(
        email: address.identity, domain: address.isFreeMail ? nil : address.registrableDomain, company: nil)
      return
    }
    if text.contains("@") || CRMLink.isOfCRM(text) || LeadID(text) != nil { return nil }
    if !text.contains(" "), let host = Domain.host(ofWebsite: text), let domain = Domain.registrable(host) {
      self.init(email: "", domain: domain, company: nil)
      return
    }
    guard (3...Self.longestName).contains(text.count) else { return nil }
    self.init(email: "", domain: nil, company: text)
  }
}
