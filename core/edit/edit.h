#pragma once

#include "core/catalog/instance.h"
#include "core/deid/profile.h"
#include "core/dicom/attribute_path.h"
#include "core/script/script.h"

#include <QString>
#include <memory>
#include <variant>

namespace edit {

using catalog::InstanceId;
using catalog::InstanceIds;

enum class Action { Keep, Assign, Clear, Delete };

/// What to do with one attribute.
struct AttributeOperation {
    dicom::AttributePath path;
    Action action = Action::Keep; ///< Keep: the attribute of the original again, or its absence
    QString text = {}; ///< the new value, for Assign
    std::optional<dicom::Vr> vr = {}; ///< for attributes that are created; empty: the dictionary's
    bool reencode =
        false; ///< text that the character set cannot hold turns the instance to ISO_IR 192; else it fails
    bool keepBytes = false; ///< of Specific Character Set: only the label changes, not the bytes of the text
};

struct DeletePrivate {}; ///< every private attribute, at every depth
struct RevertAll {}; ///< the original again, whatever earlier edits did

/// A script with the values of its variables.
struct ScriptRun {
    ScriptRun(script::ScriptPtr compiled, script::VariableValues values = {},
              std::shared_ptr<const script::LookupTable> table = {})
        : script(std::move(compiled))
        , variables(std::move(values))
        , lookup(std::move(table))
    {
    }
    script::ScriptPtr script;
    script::VariableValues variables;
    std::shared_ptr<const script::LookupTable> lookup; ///< may be null
    QString name = {}; ///< of the script, for messages; may be empty
};

/// What a script did to a file, besides its content.
struct ScriptAccount {
    script::ScriptPtr script;
    QList<int> applied; ///< script::RunResult::applied
    QStringList messages;
    QStringList remarks;
};

/// One thing that the user did: immutable, with the instances it was meant for when it was made.
struct Edit {
    using Operation =
        std::variant<QList<AttributeOperation>, DeletePrivate, RevertAll, ScriptRun, deid::Profile>;
    QString description; ///< "Delete 3 Attributes", as undo shows it
    InstanceIds instances;
    Operation operation;
    bool allFiles = false; ///< was meant for everything that was open
};
using EditPtr = std::shared_ptr<const Edit>;
using EditList = QList<EditPtr>;

/// What evaluation needs besides data and edits. Equal contexts give equal results on every thread and
/// machine.
struct Context {
    QByteArray seed;
};

/// All that is written of a file, and what there is to say of it. The table, the review, the report, the
/// command line and the writer ask for this and for nothing else.
struct Evaluated {
    dicom::DataSet meta; ///< file meta information (PS3.10 section 7.1)
    dicom::DataSet dataSet;
    QString transferSyntax; ///< that it is written in
    /// False: no edit makes a difference, so the file is left alone or copied byte for byte, preamble and
    /// all. True: it is encoded anew, with a cleared preamble and file meta information that agrees. A
    /// profile always does that.
    bool rewritten = false;
    QList<ScriptAccount> accounts = {}; ///< in the order of the scripts

    static Evaluated asIn(const dicom::LoadedFile& file);
};

/// A file's content on the way through its edits.
struct Content {
    dicom::DataSet meta;
    dicom::DataSet dataSet;
    bool profiled = false; ///< a de-identification profile was applied and not taken back
    QList<ScriptAccount> accounts = {};
};

/// The content with one edit applied. An attribute's operation does nothing where the path leads nowhere;
/// Assign creates the attribute at the top level and in existing items. Deleting the last element of a
/// private block takes its creator. Fails with InvalidValue or Script; nothing is half done then.
Result<Content> apply(const Edit& edit, const dicom::LoadedFile& original, const Content& current,
                      const Context& context);

/// The original with all edits of the list that name the instance, in order. Fails as Instance::load() and
/// apply() do.
Result<Evaluated> evaluate(const catalog::Instance& instance, const EditList& edits, const Context& context);

/// The same, remembering results: an edit at the end of the list costs one step. Thread-safe. May be cleared
/// at any moment; nothing changes but the time it takes.
class Evaluator {
public:
    /// Results of so many instances are remembered by default.
    static constexpr qsizetype usualCapacity = 40'000;
    /// `capacity`: how many results are remembered at most; 0: none, where each is asked for once.
    explicit Evaluator(Context context, qsizetype capacity = usualCapacity);
    ~Evaluator();
    const Context& context() const { return m_context; }
    Result<Evaluated> evaluate(const catalog::Instance& instance, const EditList& edits);
    /// Where what was read of the instance is at hand: `original`.
    Result<Evaluated> evaluate(const catalog::Instance& instance, const dicom::LoadedFile& original,
                               const EditList& edits);
    void clear();

private:
    struct Cache;
    Context m_context;
    qsizetype m_capacity;
    std::unique_ptr<Cache> m_cache;
};

/// SOP Class UID and SOP Instance UID of the object itself: users do not empty or delete them, since nobody
/// could tell what and which object it is (PS3.3 section C.12.1).
bool isRequired(const dicom::AttributePath& path);

/// What happened to an attribute between original and edited, derived from the values: the same (Keep),
/// absent now (Delete), emptied (Clear), anything else (Assign).
Action actionBetween(const dicom::Element* original, const dicom::Element* edited);

} // namespace edit
