#pragma once

// Only for export_script.cpp and attempt.cpp.

#include "core/export/export_script.h"
#include "core/export/script_statements.h"

#include <map>

namespace exporter {

QString translated(const char* text);
/// The edit was made for that instance.
bool names(const edit::Edit& edit, edit::InstanceId id);
/// Whether an operation on the one path can change what the other one names.
bool touches(const dicom::AttributePath& operation, const dicom::AttributePath& path);
/// The statements, within the conditions.
QString inBlocks(const QStringList& conditions, const QString& statements);
/// By tag and name.
QString nameOf(const dicom::AttributePath& path);

/// One attempt at a script; says what has to be left out where there is none.
class Attempt {
public:
    Attempt(const QList<catalog::InstancePtr>& instances, const EditList& edits, const Context& context,
            const std::atomic<bool>& cancel);
    /// The parts of the edits that are refused, with the reason: the number of the operation, -1 for all.
    using Part = std::pair<const edit::Edit*, int>;
    using Refused = std::map<Part, QString>;
    /// The text of the script, where nothing was refused.
    QString run();
    const Refused& refused() const { return m_refused; }
    bool namesOriginals() const { return m_namesOriginals; }

private:
    static QString sources(const EditList& edits);
    /// Another seed: what differs with it is made at random.
    script::RunContext runContext() const { return {m_context.seed + QByteArrayLiteral("script")}; }

    void refuse(const edit::Edit& edit, const QString& reason) { m_refused.emplace(Part{&edit, -1}, reason); }

    /// The latest operation that had to do with an attribute of a case.
    void blame(const ScriptCase& which, const dicom::AttributePath& path, const QString& reason);
    void evaluateAll();
    void screen(const edit::Edit& edit, const edit::ScriptRun& run);
    /// Scripts and the deletion of all private attributes stand first; what else differs is set right behind
    /// them.
    void writeBasis();
    Indices indicesOf(const edit::InstanceIds& ids) const;
    /// Where later edits brought private attributes back, only the others are deleted, one by one.
    Indices withoutPrivate(const edit::Edit& edit) const;
    void addBasis(const edit::Edit& edit, const QString& text, const Indices& indices);
    static QString unclear();
    void findEffects();
    /// What an edit was meant for, as far as the statement does nothing to those that do not need it.
    Indices meantFor(const ScriptStatement& statement) const;
    /// Statements by phase, those for all files first, by where their files begin, and by conditions.
    using Blocks = std::map<std::tuple<Effect::Phase, bool, int, QStringList>, QString>;
    void writeStatements();
    void writeText(const Blocks& blocks);
    void verify();
    void blameDifference(const ScriptCase& each, const dicom::DataSet& result);
    void blameAll(const ScriptCase& each);
    const EditList& m_edits;
    const Context& m_context;
    const std::atomic<bool>& m_cancel;
    ScriptScope m_scope;
    std::vector<ScriptCase> m_cases;
    QHash<edit::InstanceId, int> m_indexOf;
    QString m_basis, m_text;
    bool m_basisHasConditions = false;
    bool m_namesOriginals = false;
    Refused m_refused;
};

} // namespace exporter
