/// Patterns for LIKE with `!` as the escape character.
enum LikePattern {
    /// Matches text that contains `part` to the letter.
    static func containing(_ part: String) -> String {
        var pattern = "%"
        for character in part {
            if character == "%" || character == "_" || character == "!" { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
