/// Slack's limits. Texts are counted as sent, by `SlackText.length`.
///
/// Sources: docs.slack.dev reference/block-kit, reference/views and reference/methods; where sources differ, the lower
/// number.
public enum SlackLimits {
  /// `chat.update` refuses more; `chat.postMessage` advises it.
  public static let messageText = 4000
  public static let messageBlocks = 50
  /// All texts of a message's blocks together. Slack's own limit is undocumented: `msg_blocks_too_long` was seen from
  /// 11,300 on (bolt-js 2509, 2867).
  public static let messageBlockText = 8000
  public static let viewBlocks = 100
  /// Of a view as JSON.
  public static let viewBytes = 250_000
  public static let viewLabel = 24
  public static let privateMetadata = 3000
  /// `block_id`, `action_id`, `callback_id`, `external_id`.
  public static let identifier = 255
  public static let sectionText = 3000
  public static let sectionFields = 10
  public static let sectionField = 2000
  public static let header = 150
  public static let contextElements = 10
  public static let contextText = 3000
  public static let actionsElements = 25
  public static let inputLabel = 2000
  public static let inputHint = 2000
  public static let inputText = 3000
  public static let placeholder = 150
  public static let buttonText = 75
  public static let buttonValue = 2000
  public static let buttonURL = 3000
  public static let accessibilityLabel = 75
  public static let confirmTitle = 100
  public static let confirmText = 300
  public static let confirmButton = 30
  public static let selectOptions = 100
  public static let optionGroups = 100
  public static let groupLabel = 75
  public static let optionText = 75
  /// Slack's type definitions say 75, its Python SDK 150.
  public static let optionValue = 75
  public static let overflowOptions = 5
  /// Radio buttons and checkboxes.
  public static let choiceOptions = 10
  /// How many views may lie on each other.
  public static let viewStack = 3
  /// How often, and how long after the act, a `response_url` can be used.
  public static let responseURLUses = 5
  public static let responseURLLifetime: Duration = .seconds(30 * 60)
}
