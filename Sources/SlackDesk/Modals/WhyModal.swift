import RevOps
import SlackAPI

/// Why this lead, this score, this owner.
enum WhyModal {
  static func view(_ lead: Lead, explanation: LeadExplanation, subject: ModalSubject) -> View {
    let blocks = explanation.blocks(limit: 2_800, blocks: 40)
    return DeskModal.why.view("Why?", submit: nil, blocks: blocks, about: lead, subject)
  }
}
