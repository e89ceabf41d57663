/// HubSpot's ids are decimal numbers written as text, too large for some readers' integers.
enum RecordID {
  /// Lower numbers were made earlier.
  static func precedes(_ left: String, _ right: String) -> Bool {
    (left.utf8.count, left) < (right.utf8.count, right)
  }
}
