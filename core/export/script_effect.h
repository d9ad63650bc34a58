#pragma once

#include "core/dicom/attribute_path.h"
#include "core/dicom/text/character_set.h"

#include <optional>
#include <vector>

namespace exporter {

/// A step of a path as scripts of dialect 6 write it.
struct ScriptStep {
    dicom::Tag tag; ///< named by its creator: the block is 0
    QString creator = {}; ///< empty: by number
    int item = dicom::AttributePath::NoItem; ///< from 0; AllItems
};
using ScriptPath = std::vector<ScriptStep>;

/// "(0040,0275)[0]/(0008,0050)", "(0019,{ACME}01)".
QString scriptText(const ScriptPath& path);
/// A private attribute is named by number: only the functions that take a path as text know such.
bool isDirect(const ScriptPath& path);
/// The same attribute in all items.
ScriptPath inAllItems(ScriptPath path);

/// Elements that the path names, with the character set of their text.
struct Place {
    const dicom::Element* element = nullptr;
    dicom::CharacterSet characterSet;
};
QList<Place> placesOf(const dicom::DataSet& root, const ScriptPath& path);

/// The text that makes this value when dialect 6 assigns it; nullopt where none does.
std::optional<QString> scriptValue(const dicom::Element& element, const dicom::CharacterSet& characterSet);

/// What a statement does.
enum class Doing { Delete, Clear, Assign };

/// One difference between two data sets.
struct Effect {
    /// Statements of a later phase stand behind those of an earlier one.
    enum class Phase { CharacterSet, NewCreator, Element, Creator };
    Phase phase = Phase::Element;
    Doing doing = Doing::Delete;
    ScriptPath path;
    dicom::AttributePath attribute; ///< where exactly
    QString value = {}; ///< for Assign
    bool padded = false; ///< with a blank behind the value it would be the same
    bool existed = true; ///< the attribute was there before
    QString obstacle = {}; ///< why no statement of dialect 6 does it; empty: one does
};

/// What turns one data set into the other, one effect for each attribute.
QList<Effect> effectsBetween(const dicom::DataSet& before, const dicom::DataSet& after);

/// Whether a string of dialect 6 can hold the text: it has no escape for quotes and line breaks.
bool canBeWritten(const QString& text);

} // namespace exporter
