import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Shows everybody who has opened their Home tab what is on it now: on opening, and a moment after something on it has
/// changed.
public actor HomePublisher {
  /// Who has opened theirs: e-mail addresses by user id.
  static let viewersKey = "home/viewers"
  /// How long after a change a Home is drawn: what changes together is drawn once.
  private static let rest: Duration = .seconds(1)
  /// When a Slack that was away is tried again.
  private static let retry: Duration = .seconds(30)
  private static let beat: Duration = .milliseconds(250)
  /// How long the viewers that another instance has added may stay unknown here.
  private static let refresh: Duration = .seconds(30)

  private let ports: DeskPorts

  private var viewers: [String: String] = [:]
  private var readAt: ContinuousClock.Instant?
  /// When each is to be drawn.
  private var due: [String: ContinuousClock.Instant] = [:]
  /// What each sees, and Slack's name of that version.
  private var shown: [String: (view: View, hash: String?)] = [:]

  public init(_ ports: DeskPorts) { self.ports = ports }

  /// Draws what is due until it is cancelled.
  public func run() async { await repeating(every: Self.beat) { await publishDue() } }

  /// Somebody opened their Home: they see it at once, and what changes on it from now on.
  func opened(by person: ChatPerson) async {
    guard person.isFullMember, let email = person.email else { return await explain(to: person) }
    do throws(StorageError) {
      if viewers[person.id] != email {
        viewers = try await ports.documents.update(Self.viewersKey, from: [:]) { $0[person.id] = email }
      }
      shown[person.id] = nil
      try await publish(to: person.id, email, week: try await week())
    } catch {
      ports.report(storage: error)
      due[person.id] = .now + Self.retry
    }
  }

  /// Somebody is not, or not any more, one who may see leads: their Home is not followed. What it showed is replaced when
  /// they open it.
  func forget(_ id: String) async {
    guard viewers[id] != nil else { return }
    due[id] = nil
    shown[id] = nil
    do throws(StorageError) {
      viewers = try await ports.documents.update(Self.viewersKey, from: [:]) { $0[id] = nil }
    } catch {
      viewers[id] = nil
      ports.report(storage: error)
    }
  }

  /// A lead was changed, or is new.
  public func changed(_ lead: Lead) async {
    let routing = ports.policy().routing
    let team = lead.desk.team.flatMap { routing.team(named: $0) }
    let people = [lead.desk.owner, lead.desk.undo?.owner, lead.desk.previousOwner, team?.manager].compactMap { $0 }
    await changed(people: people + (team?.members.map(\.email) ?? []))
  }

  /// Something about these people was changed, by e-mail address; their managers see it too.
  public func changed(people: [String]) async {
    await readViewers()
    guard !viewers.isEmpty else { return }
    let managers = ports.policy().routing.teams.filter { team in team.members.contains { people.contains($0.email) } }
      .compactMap(\.manager)
    let concerned = Set(people + managers)
    for (id, email) in viewers where concerned.contains(email) && due[id] == nil { due[id] = .now + Self.rest }
  }

  // MARK: Drawing

  private func publishDue() async {
    let moment = ContinuousClock.now
    let ready = due.filter { $0.value <= moment }.map(\.key)
    guard !ready.isEmpty else { return }
    for id in ready { due[id] = nil }
    do throws(StorageError) {
      let week = try await week()
      for id in ready {
        guard let email = viewers[id] else { continue }
        try await publish(to: id, email, week: week)
      }
    } catch {
      ports.report(storage: error)
      for id in ready { due[id] = .now + Self.retry }
    }
  }

  private func week() async throws(StorageError) -> [Lead] {
    try await DeskFigures.leads(since: ports.now().addingTimeInterval(-7 * 86_400), in: ports.leads)
  }

  private func publish(to id: String, _ email: String, week: [Lead]) async throws(StorageError) {
    let view = try await HomeContent(ports, week: week).view(of: email)
    if let last = shown[id], last.view == view { return }
    await send(view, to: id, hash: shown[id]?.hash)
  }

  private func send(_ view: View, to id: String, hash: String?) async {
    do throws(VendorError) {
      let published = try await ports.client.publishHome(view, to: id, hash: hash)
      shown[id] = (view, published.hash)
    } catch {
      // Another instance wrote meanwhile; what is drawn here was read after that, or is drawn again.
      if error.code == "hash_conflict", hash != nil { return await send(view, to: id, hash: nil) }
      shown[id] = nil
      if error.retry != .never { due[id] = .now + Self.retry }
      ports.report(ServiceError(error))
    }
  }

  /// Whoever may not see leads is told so: else Slack shows "work in progress" for ever.
  private func explain(to person: ChatPerson) async {
    let refusal = Permissions.refusal(ofNewLeadTo: DeskActor(person)) ?? ""
    await send(View(.home, blocks: [.text(Mrkdwn(refusal))]), to: person.id, hash: nil)
  }

  private func readViewers() async {
    if let readAt, readAt + Self.refresh > .now { return }
    readAt = .now
    do throws(StorageError) {
      viewers = try await ports.documents.read([String: String].self, Self.viewersKey) ?? viewers
    } catch {
      ports.report(storage: error)
    }
  }
}
