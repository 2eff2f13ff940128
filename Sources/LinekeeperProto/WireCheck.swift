/// Looks through a message's bytes before protobuf-c unpacks them.
///
/// protobuf-c accepts text that is not UTF-8, cuts text at U+0000 without a word, allocates fifty
/// times what it reads, and does not say which field was wrong. So the bytes are walked once, without
/// allocating: what passes here unpacks, and its C strings are whole and valid. Nested messages are
/// walked by recursion, as deep as the schema is.
struct WireCheck {
    /// Bytes of memory that decoding would take: an upper bound.
    private(set) var cost = 0

    private let bytes: UnsafeRawBufferPointer
    private let budget: Int

    /// One field without its tag.
    private struct Occurrence {
        var wireType: UInt64
        /// For a length-delimited field what follows the length.
        var content: Range<Int>
    }

    init(_ bytes: UnsafeRawBufferPointer, budget: Int) {
        self.bytes = bytes
        self.budget = budget
    }

    /// Checks the whole buffer as one message.
    mutating func check(_ plan: WirePlan) throws(MalformedMessage) {
        try spend(plan.structureCost + plan.inlineCost)
        try check(0..<bytes.count, plan)
    }

    private mutating func check(_ range: Range<Int>, _ plan: WirePlan) throws(MalformedMessage) {
        var at = range.lowerBound
        var submessagesSeen: UInt64 = 0
        // protobuf-c notes every field it comes across: sixteen on its stack, then in slabs that
        // double.
        var notesLeft = 16
        var slab = 16
        while at < range.upperBound {
            guard let tag = varint(&at, range.upperBound), tag >> 3 != 0, tag <= UInt64(UInt32.max)
            else { throw MalformedMessage(fault: .truncatedOrGarbage) }
            let place = plan.place(ofNumber: tag >> 3)
            guard let occurrence = occurrence(wireType: tag & 7, &at, range.upperBound) else {
                let name = place.map { plan.field(at: $0).name } ?? ""
                throw MalformedMessage(field: name, fault: .truncatedOrGarbage)
            }
            if notesLeft == 0 {
                slab *= 2
                notesLeft = slab
                try spend(40 * slab)
            }
            notesLeft -= 1
            guard let place else {
                try spend(2 * occurrence.content.count + 112)
                continue
            }
            let field = plan.field(at: place)
            if case .message = field.form, !field.isRepeated {
                let bit: UInt64 = 1 << UInt64(place)
                guard submessagesSeen & bit == 0 else {
                    throw MalformedMessage(field: field.name, fault: .repeatedSubmessage)
                }
                submessagesSeen |= bit
            }
            do throws(MalformedMessage) {
                try check(occurrence, field)
            } catch {
                throw error.inside(field.name)
            }
        }
    }

    private mutating func check(
        _ occurrence: Occurrence, _ field: WirePlan.Field
    ) throws(MalformedMessage) {
        let expected: UInt64 =
            switch field.form {
            case .varint: 0
            case .fixed64: 1
            case .text, .bytes, .message: 2
            case .fixed32: 5
            }
        guard occurrence.wireType == expected else {
            guard occurrence.wireType == 2, field.isRepeated else {
                throw MalformedMessage(fault: .truncatedOrGarbage)
            }
            return try checkPacked(occurrence.content, field)
        }
        try spend(field.cost)
        switch field.form {
        case .varint, .fixed32, .fixed64: break
        case .text:
            try spend(2 * occurrence.content.count + 64)
            try checkText(occurrence.content)
        case .bytes: try spend(2 * occurrence.content.count + 64)
        case .message(let plan):
            try spend(plan.structureCost)
            try check(occurrence.content, plan)
        }
    }

    private mutating func checkPacked(
        _ content: Range<Int>, _ field: WirePlan.Field
    ) throws(MalformedMessage) {
        let width =
            switch field.form {
            case .fixed32: 4
            case .fixed64: 8
            default: 1
            }
        guard content.count.isMultiple(of: width) else {
            throw MalformedMessage(fault: .truncatedOrGarbage)
        }
        try spend(content.count / width * field.cost)
        guard width == 1 else { return }
        var at = content.lowerBound
        while at < content.upperBound {
            guard varint(&at, content.upperBound) != nil else {
                throw MalformedMessage(fault: .truncatedOrGarbage)
            }
        }
    }

    private func checkText(_ content: Range<Int>) throws(MalformedMessage) {
        var isASCII = true
        for byte in bytes[content] {
            if byte == 0 { throw MalformedMessage(fault: .embeddedNUL) }
            if byte >= 0x80 { isASCII = false }
        }
        if isASCII { return }
        let text = UnsafeRawBufferPointer(rebasing: bytes[content])
        let isUTF8 = text.withMemoryRebound(to: UInt8.self) { text in
            (try? UTF8Span(validating: text.span)) != nil
        }
        if !isUTF8 { throw MalformedMessage(fault: .invalidUTF8) }
    }

    private mutating func spend(_ amount: Int) throws(MalformedMessage) {
        // Each amount is a small multiple of bytes that are in memory: the sum cannot overflow.
        cost += amount
        if cost > budget { throw MalformedMessage(fault: .overBudget) }
    }

    /// Moves `at` past one field; `nil` when it does not fit or is a group.
    private func occurrence(wireType: UInt64, _ at: inout Int, _ end: Int) -> Occurrence? {
        let start: Int
        switch wireType {
        case 0:
            start = at
            guard varint(&at, end) != nil else { return nil }
        case 1, 5:
            let width = wireType == 1 ? 8 : 4
            guard end - at >= width else { return nil }
            start = at
            at += width
        case 2:
            guard let length = varint(&at, end), length <= UInt64(end - at) else { return nil }
            start = at
            at += Int(length)
        default: return nil
        }
        return Occurrence(wireType: wireType, content: start..<at)
    }

    /// Reads at most ten bytes; `nil` when the number does not end there.
    private func varint(_ at: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < end, shift < 70 {
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
