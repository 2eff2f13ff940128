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
        var cursor = WireCursor(bytes, range)
        var submessagesSeen: UInt64 = 0
        // protobuf-c notes every field it comes across: sixteen on its stack, then in slabs that
        // double.
        var notesLeft = 16
        var slab = 16
        while !cursor.isAtEnd {
            guard let tag = cursor.tag() else { throw MalformedMessage(fault: .truncatedOrGarbage) }
            let place = plan.place(ofNumber: tag.number)
            guard let wireType = tag.wireType, let content = cursor.content(wireType) else {
                let name = place.map { plan.name(at: $0) } ?? ""
                throw MalformedMessage(field: name, fault: .truncatedOrGarbage)
            }
            if notesLeft == 0 {
                slab *= 2
                notesLeft = slab
                try spend(40 * slab)
            }
            notesLeft -= 1
            guard let place else {
                try spend(2 * content.count + 112)
                continue
            }
            let field = plan.field(at: place)
            do throws(MalformedMessage) {
                if field.form == .message, !field.isRepeated {
                    let bit: UInt64 = 1 << UInt64(place)
                    guard submessagesSeen & bit == 0 else {
                        throw MalformedMessage(fault: .repeatedSubmessage)
                    }
                    submessagesSeen |= bit
                }
                try check(content, wireType, field, plan.message(at: place))
            } catch {
                throw error.inside(plan.name(at: place))
            }
        }
    }

    private mutating func check(
        _ content: Range<Int>, _ wireType: WireCursor.WireType, _ field: WirePlan.Field,
        _ message: WirePlan?
    ) throws(MalformedMessage) {
        let expected: WireCursor.WireType =
            switch field.form {
            case .varint: .varint
            case .fixed64: .fixed64
            case .text, .bytes, .message: .delimited
            case .fixed32: .fixed32
            }
        guard wireType == expected else {
            guard wireType == .delimited, field.isRepeated else {
                throw MalformedMessage(fault: .truncatedOrGarbage)
            }
            return try checkPacked(content, field)
        }
        try spend(field.cost)
        switch field.form {
        case .varint, .fixed32, .fixed64: break
        case .text:
            try spend(2 * content.count + 64)
            try checkText(content)
        case .bytes: try spend(2 * content.count + 64)
        case .message:
            guard let message else { return }
            try spend(message.structureCost)
            try check(content, message)
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
        var cursor = WireCursor(bytes, content)
        while !cursor.isAtEnd {
            guard cursor.varint() != nil else { throw MalformedMessage(fault: .truncatedOrGarbage) }
        }
    }

    private func checkText(_ content: Range<Int>) throws(MalformedMessage) {
        let text = UnsafeRawBufferPointer(rebasing: bytes[content])
        if PlainText.isPlain(text) { return }
        if text.contains(0) { throw MalformedMessage(fault: .embeddedNUL) }
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
}
