import Foundation
import RevOps
import SlackAPI

/// Somebody's Home tab: what they have, what waits, whether they are there, how the week goes, and their team if they lead
/// one.
struct HomeView {
  /// A team that somebody leads.
  struct Team {
    var name: String
    var members: [Rep]
    /// Waiting for anybody, or past their promise.
    var unclaimed: Int
    var overdue: Int
  }

  /// Somebody who gets leads.
  struct Rep {
    var email: String
    var name: String
    var open: Int
    var limit: Int?
    var status: RepStatus
    /// Nil: they work at all times.
    var hours: WorkingHours?
  }

  static let openShown = 15
  static let queueShown = 10
  static let teamsShown = 4
  static let membersShown = 9

  /// Nil: they are in no team.
  var rep: Rep?
  var open: [Lead]
  var queue: [Lead]
  var week: DeskFigures
  var teamWeek: DeskFigures?
  var teams: [Team]
  var look: LeadLook

  var view: View {
    let parts = [availability, find, mine, waiting, figures] + teams.prefix(Self.teamsShown).map(team) + [footer]
    return View(.home, blocks: Array(parts.joined().prefix(SlackLimits.viewBlocks))).fitted()
  }

  // MARK: Myself

  private var availability: [Block] {
    guard let rep else {
      return [
        .text("*You are in no team:* no leads are assigned to you. You can still claim and look up.", id: "home.rep")
      ]
    }
    let isAway = rep.status.isAway(at: look.now)
    let switchButton =
      isAway
      ? Button(HomeAction.back, "I'm back", value: rep.email, style: .primary)
      : Button(HomeAction.away, "Go away", value: rep.email)
    let limit = Button(HomeAction.capacity, "Change my limit", value: rep.email)
    return [
      .header("Your desk", id: "home.header"),
      .text(Mrkdwn.lines([standing(rep), load(rep)]), id: "home.rep"),
      .actions([.button(switchButton), .button(limit)], id: "home.actions"),
    ]
  }

  private func standing(_ rep: Rep) -> Mrkdwn {
    if rep.status.activeInSlack == false { return "*no longer in Slack*" }
    if rep.status.isAway(at: look.now) {
      let end: Mrkdwn = rep.status.awayUntil.map { "until \(CardWords.date($0))" } ?? "until said otherwise"
      return "*Away* \(end)"
    }
    if let hours = rep.hours, !hours.isOpen(at: look.now) {
      let start = hours.nextOpening(after: look.now)
      return "*Outside working hours*\(start.map { ", from \(CardWords.date($0))" as Mrkdwn } ?? Mrkdwn())"
    }
    if let limit = rep.limit, rep.open >= limit { return "*Full:* new leads go to others" }
    return "*Available*"
  }

  private func load(_ rep: Rep) -> Mrkdwn {
    let leads: Mrkdwn = rep.open == 1 ? "1 open lead" : "\(rep.open) open leads"
    return rep.limit.map { "\(leads) of at most \($0)" } ?? leads
  }

  private var find: [Block] {
    let menu = SelectMenu(
      HomeAction.find, placeholder: "Name, company or e-mail", choices: .external(minQueryLength: 2))
    return [.text("*Find a lead*", accessory: .select(menu), id: "home.find")]
  }

  // MARK: Leads

  private var mine: [Block] {
    guard rep != nil || !open.isEmpty else { return [] }
    let title = PlainText(open.isEmpty ? "Your open leads" : "Your open leads (\(open.count))")
    let rows = open.isEmpty ? [.text("None: nothing waits for you.")] : rows(open, Self.openShown, "open", "/lead mine")
    return [.divider(), .header(title, id: "home.open")] + rows
  }

  private var waiting: [Block] {
    let title = PlainText(queue.isEmpty ? "The queue" : "The queue (\(queue.count))")
    let rows =
      queue.isEmpty ? [.text("Nothing to review or to claim.")] : rows(queue, Self.queueShown, "queue", "/lead queue")
    return [.divider(), .header(title, id: "home.queue")] + rows
  }

  private func rows(_ leads: [Lead], _ limit: Int, _ prefix: String, _ command: String) -> [Block] {
    let more = leads.count - limit
    let rest: [Block] = more > 0 ? [.context([.mrkdwn("\(more) more: \(Mrkdwn.code(command))")])] : []
    return leads.prefix(limit).map { look.row($0, prefix: prefix) } + rest
  }

  // MARK: Figures

  private var figures: [Block] {
    var lines: [Mrkdwn] = []
    if rep != nil { lines.append("*You:* \(FiguresWords.lines(week))") }
    if let teamWeek { lines.append("*Your team:* \(FiguresWords.lines(teamWeek))") }
    guard !lines.isEmpty else { return [] }
    return [.divider(), .header("The last seven days", id: "home.week")] + lines.map { .text($0) }
  }

  private func team(_ team: Team) -> [Block] {
    let count = team.members.count - Self.membersShown
    let rest: [Block] = count > 0 ? [.context([.mrkdwn("\(count) more members")])] : []
    let state: Mrkdwn = "\(team.unclaimed) unclaimed, \(team.overdue) overdue"
    return [.divider(), .header(PlainText(team.name).clipped(to: SlackLimits.header)), .context([.mrkdwn(state)])]
      + team.members.prefix(Self.membersShown).map { member($0, in: team) } + rest
  }

  private func member(_ rep: Rep, in team: Team) -> Block {
    let line: Mrkdwn = "*\(rep.name, max: 100)* · \(load(rep)) · \(standing(rep))"
    let button = Button(
      HomeAction.capacity, "Limit", value: rep.email,
      accessibilityLabel: PlainText("Change how many leads \(rep.name) takes").clipped(
        to: SlackLimits.accessibilityLabel))
    return .text(line, accessory: .button(button), id: BlockID("rep.\(team.name.prefix(80)).\(rep.email.prefix(150))"))
  }

  private var footer: [Block] {
    [.context([.mrkdwn("\(Mrkdwn.code("/lead help")) lists what you can type in any channel.")], id: "home.footer")]
  }
}
