// The file that a script editor has open.

#include "core/job/scripts.h"
#include "ui/scripts/script_editor.h"
#include "ui/scripts/script_options.h"
#include "ui/scripts/source_view.h"
#include "ui/scripts/trial_pane.h"
#include "ui/widgets/questions.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QStatusBar>

namespace ui {

bool ScriptEditor::isChanged() const
{
    return m_source->document()->isModified();
}

QString ScriptEditor::name() const
{
    return !m_path.isEmpty()   ? QFileInfo(m_path).fileName()
        : m_proposed.isEmpty() ? tr("New script")
                               : m_proposed;
}

void ScriptEditor::updateTitle()
{
    setWindowTitle(tr("%1[*] — Script Editor").arg(name()));
    setWindowModified(isChanged());
}

void ScriptEditor::start(const QString& path, const QString& source, const QString& proposed)
{
    m_path = path;
    m_proposed = proposed;
    m_options->choose(script::Dialect::Auto);
    m_trial->setValues({});
    m_source->setSource(source, {});
    m_source->document()->setModified(false);
    updateTitle();
    check();
}

bool ScriptEditor::open(const QString& path)
{
    if (!mayLeave())
        return false;
    const auto source = script::readSource(path);
    if (!source) {
        m_questions.ask(this,
                        {Questions::Kind::Warning, tr("Script Editor"), tr("The script cannot be opened."),
                         source.error().message()});
        return false;
    }
    const bool isBuiltIn = path.startsWith(u':'); // what comes with the program cannot be written to
    start(isBuiltIn ? QString() : path, *source,
          isBuiltIn ? tr("%1 (copy)").arg(QFileInfo(path).completeBaseName()) : QString());
    return true;
}

bool ScriptEditor::open(const ScriptDraft& draft)
{
    const bool same = draft.path.isEmpty() && draft.source == m_source->toPlainText();
    if (!same && !draft.path.isEmpty() && !open(draft.path))
        return false;
    if (!same && draft.path.isEmpty()) {
        if (!mayLeave())
            return false;
        start({}, draft.source, draft.name);
    }
    m_options->choose(draft.dialect);
    m_options->loadTable(draft.lookupPath);
    m_trial->setValues(draft.values);
    check();
    return true;
}

/// What would be applied, as it is in the window.
ScriptDraft ScriptEditor::draft() const
{
    return {name(),           {}, m_source->toPlainText(), m_options->dialect(), m_options->lookupPath(),
            m_trial->values()};
}

bool ScriptEditor::mayLeave()
{
    if (!isChanged())
        return true;
    const int answer = m_questions.ask(this,
                                       {Questions::Kind::Question,
                                        tr("Script Editor"),
                                        tr("“%1” was changed. Save it?").arg(name()),
                                        tr("Otherwise the changes are lost."),
                                        {tr("&Save"), tr("&Discard"), tr("Cancel")},
                                        0,
                                        2});
    return answer == 0 ? save() : answer == 1;
}

bool ScriptEditor::save()
{
    return m_path.isEmpty() ? saveAs() : write(m_path);
}

bool ScriptEditor::saveAs()
{
    const QString suffix = QStringLiteral(".das");
    const QString name = m_proposed.isEmpty() ? QStringLiteral("script") : m_proposed;
    const QString proposed = !m_path.isEmpty() ? m_path : name.endsWith(suffix) ? name : name + suffix;
    const QString chosen = m_questions.savedScript(this, proposed);
    return !chosen.isEmpty() && write(chosen);
}

bool ScriptEditor::write(const QString& path)
{
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(m_source->toPlainText().toUtf8()) >= 0 && file.commit();
    if (!written) {
        m_questions.ask(this,
                        {Questions::Kind::Warning, tr("Script Editor"), tr("The script cannot be saved."),
                         file.errorString()});
        return false;
    }
    m_path = path;
    m_source->document()->setModified(false);
    updateTitle();
    statusBar()->showMessage(tr("Saved"), 3000);
    return true;
}

} // namespace ui
