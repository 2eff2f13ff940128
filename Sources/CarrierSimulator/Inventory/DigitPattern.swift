/// A search for digits: `*` stands for one digit, `%` for any run of them, a leading `+` ties the
/// pattern to the number's start and a trailing `$` to its end; letters mean their telephone keys.
struct DigitPattern {
    private enum Element {
        case digit(Character)
        case any
        case run
    }

    private var elements: [Element] = []
    private var isTiedToStart = false
    private var isTiedToEnd = false

    /// - Returns: `nil` when the text holds anything else.
    init?(_ text: String) {
        var text = Substring(text)
        if text.first == "+" {
            isTiedToStart = true
            text = text.dropFirst()
        }
        if text.last == "$" {
            isTiedToEnd = true
            text = text.dropLast()
        }
        for character in text {
            switch character {
            case "*": elements.append(.any)
            case "%": elements.append(.run)
            case "0"..."9": elements.append(.digit(character))
            default:
                guard let key = Self.keys[Character(character.lowercased())] else { return nil }
                elements.append(.digit(key))
            }
        }
    }

    /// Whether a number has it.
    ///
    /// - Parameter digits: Without the plus.
    func matches(_ digits: Substring) -> Bool {
        var start = digits.startIndex
        while true {
            if matches(elements[...], digits[start...]) { return true }
            guard !isTiedToStart, start < digits.endIndex else { return false }
            start = digits.index(after: start)
        }
    }

    private func matches(_ elements: ArraySlice<Element>, _ digits: Substring) -> Bool {
        guard let element = elements.first else { return !isTiedToEnd || digits.isEmpty }
        let rest = elements.dropFirst()
        switch element {
        case .digit(let digit): return digits.first == digit && matches(rest, digits.dropFirst())
        case .any: return !digits.isEmpty && matches(rest, digits.dropFirst())
        case .run:
            return matches(rest, digits)
                || (!digits.isEmpty && matches(elements, digits.dropFirst()))
        }
    }

    private static let keys: [Character: Character] = {
        let groups = [
            "2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv",
            "9": "wxyz",
        ]
        var keys: [Character: Character] = [:]
        for (key, letters) in groups {
            for letter in letters { keys[letter] = Character(key) }
        }
        return keys
    }()
}
