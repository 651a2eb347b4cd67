public import Settings

extension Script {
    /// Reads the file of the section `script`.
    /// - Throws: ``SettingsError`` that names file and line.
    public init(_ section: inout SettingsSection) throws(SettingsError) {
        guard let file = try section.file("file") else {
            throw section.missing("file", expected: "the path of a YAML file with rules")
        }
        var script = try SettingsSection(file: file, environment: [:])
        try self.init(reading: &script)
        try script.finish()
    }

    init(reading script: inout SettingsSection) throws(SettingsError) {
        self.init(greeting: try script.text("greeting"), rules: [])
        guard var sections = try script.sections("rules") else {
            throw script.missing("rules", expected: "a list of rules with `words`, `pattern` or `speech`, and `say`")
        }
        for index in sections.indices {
            rules.append(try Rule(reading: &sections[index]))
            try sections[index].finish()
        }
        guard let answers = try script.texts("otherwise") else {
            throw script.missing("otherwise", expected: "what is said where no rule fits")
        }
        rules.append(Rule(.anything, say: answers))
    }
}

extension Script.Rule {
    fileprivate init(reading rule: inout SettingsSection) throws(SettingsError) {
        let condition = try Script.Condition(reading: &rule)
        let answers = try rule.texts("say") ?? []
        let delay = try rule.seconds("delay_seconds", in: 0...60) ?? .zero
        var call: Script.Call?
        if var section = try rule.section("call") {
            guard let name = try section.text("name") else {
                throw section.missing("name", expected: "the name of the function")
            }
            call = Script.Call(
                name: name, arguments: try section.fields("arguments"), answer: try section.text("say"))
            try section.finish()
        }
        guard !answers.isEmpty || call != nil else { throw rule.missing("say", expected: "one answer or several") }
        self.init(condition, say: answers, delay: delay, call: call)
    }
}

extension Script.Condition {
    fileprivate init(reading rule: inout SettingsSection) throws(SettingsError) {
        let words = try rule.texts("words")
        let pattern = try rule.text("pattern")
        let speech = try rule.flag("speech")
        switch (words, pattern, speech) {
        case (let words?, nil, nil): self = .words(words)
        case (nil, let pattern?, nil):
            guard (try? Self.regex(pattern)) != nil else {
                throw rule.unexpected("pattern", expected: "a regular expression of Swift")
            }
            self = .pattern(pattern)
        case (nil, nil, true?): self = .speech
        default: throw rule.missing("words", expected: "one of `words`, `pattern` and `speech: true`")
        }
    }
}
