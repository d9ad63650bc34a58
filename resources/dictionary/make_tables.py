#!/usr/bin/env python3
"""Makes standard.tsv, private.tsv, identifying.tsv, profile.tsv and uids.tsv beside this script.

    make_tables.py TABLES_DIR

TABLES_DIR holds ps3.6-attributes-2024.json, ps3.15-E.1-1-2024b.json, ps3.3-ciod-to-modules-2024.json and
ps3.4-sops-2024.json (innolitics/dicom-standard), ps3.6-uids.tsv (pydicom), gdcm-privatedicts.xml (GDCM) and tcia-private-tags-2024-02.csv (The
Cancer Imaging Archive). The types of attributes are in Part3.xml of Debian's libgdcm3.0.
"""

import collections
import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).parent

VR = re.compile(r"[A-Z]{2}")


def digits(tag):
    """(0010,0010) -> 00100010; the x of repeating groups in lower case."""
    return re.sub(r"[(),]", "", tag).upper().replace("X", "x")


def example_of(pattern):
    """A tag that the pattern fits and that is nobody else's, as the loader chooses it."""
    element = re.sub(r"x(?!.*x)", "1", pattern[4:])
    return (pattern[:4] + element).replace("x", "0")


def keyword_of(name):
    """The keyword that most names have; the loader derives it in the same way."""
    return re.sub(r"[^A-Za-z0-9]", "", name.replace("'s", ""))


def standard_rows(tables):
    rows = []
    for row in json.loads((tables / "ps3.6-attributes-2024.json").read_text()):
        vr = VR.match(row["valueRepresentation"])
        # Delimiters of items are no attributes ("See Note 2"), and a few retired tags have no name any more.
        if vr and vr[0] in row["valueRepresentation"].split(" or ") and row["name"]:
            follows_sign = row["valueRepresentation"] == "US or SS"
            rows.append((digits(row["tag"]), "US/SS" if follows_sign else vr[0], row["valueMultiplicity"], row["retired"] == "Y",
                         row["name"], row["keyword"]))
    return sorted(rows, key=lambda row: example_of(row[0]))


def write(name, head, lines):
    text = "".join(f"# {line}\n" for line in head) + "".join(line + "\n" for line in lines)
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} lines, {len(text.encode())} bytes")


def write_standard(rows):
    lines = []
    for tag, vr, vm, retired, name, keyword in rows:
        fields = [tag, vr, vm, "R" if retired else "", name]
        lines.append("\t".join(fields + ([] if keyword == keyword_of(name) else [keyword])))
    write("standard.tsv", ["PS3.6 2024: attributes",
                           "tag, VR (US/SS: by Pixel Representation), VM, R = retired, name, keyword where not the name's letters"], lines)


def clean_name(name):
    """Empty where the source only says that it does not know."""
    name = re.sub(r"\s*\?+$", "", " ".join(name.split()))
    return "" if name.casefold() in ("unknown", "[unknown]") else name


def gdcm_elements(tables):
    """{(creator, group, low byte of the element): (VR, VM, name)}"""
    elements = {}
    for entry in ElementTree.parse(tables / "gdcm-privatedicts.xml").getroot().iter("entry"):
        group = entry.get("group").lower()
        low = entry.get("element")[-2:].lower()
        # Even groups are not private; "00xx" stands for the creators themselves.
        if not re.fullmatch("[0-9a-f]{6}", group + low) or int(group, 16) % 2 == 0:
            continue
        key = (entry.get("owner").strip(), group, low)
        found = (entry.get("vr")[:2], entry.get("vm"), clean_name(entry.get("name")))
        if key not in elements or not elements[key][2]:
            elements[key] = found
    return elements


def tcia_elements(tables):
    """{(creator, group, low byte): (VR, name)} of the innermost element of each pattern, where it has a name."""
    names, vrs, spellings = (collections.defaultdict(collections.Counter) for _ in range(3))
    with open(tables / "tcia-private-tags-2024-02.csv", encoding="utf-8-sig", newline="") as file:
        for pattern, name, vr, _ in list(csv.reader(file))[1:]:
            nesting = pattern.count("[<")
            last = re.search(r'\(([0-9a-f]{4}),"?([^"\[]+)"+,([0-9a-f]{2})\)$', pattern.strip(), re.I)
            leaf = clean_name(name.split(":", nesting)[-1] if nesting else name)
            if not last or int(last[1], 16) % 2 == 0 or not leaf:
                continue
            creator = last[2].strip()
            key = (creator.casefold(), last[1].lower(), last[3].lower())
            # A name in the data set itself is not torn out of a longer one: it wins.
            names[key][leaf] += 1 if nesting else 100
            vrs[key][vr.strip()] += 0 if vr.strip() in ("", "UN", "OB") else 1
            spellings[key][creator] += 1
    first = lambda counter: min(counter, key=lambda item: (-counter[item], item))
    return {(first(spellings[key]),) + key[1:]: (first(vrs[key]), first(names[key])) for key in names}


# Sequences that DCMTK's private dictionary (3.6.7, BSD-3-Clause) has and GDCM's lacks: DCMTK opens them in implicit VR.
DCMTK_SEQUENCES = {
    ("DCMTK_ANONYMIZER", "0009", "00"): "Anonymizer UID Map",
    ("DCMTK_ANONYMIZER", "0009", "30"): "Anonymizer Patient ID Map",
    ("SPI-P-Private_ICS Release 1", "0029", "43"): "",
    ("SPI-P-Private_ICS Release 1", "0029", "44"): "",
}


def private_elements(tables):
    elements = gdcm_elements(tables)
    for key, name in DCMTK_SEQUENCES.items():
        elements.setdefault(key, ("SQ", "1", name))
    owners = {}
    for owner, _, _ in elements:
        owners.setdefault(owner.casefold(), owner)
    for (creator, group, low), (vr, name) in tcia_elements(tables).items():
        key = (owners.get(creator.casefold(), creator), group, low)
        known = elements.get(key)
        if not known:
            elements[key] = (vr if VR.fullmatch(vr) else "UN", "1", name)
        elif not known[2]:
            elements[key] = (known[0], known[1], name)
    return elements


def write_private(elements):
    lines, creator = [], None
    for (owner, group, low), (vr, vm, name) in sorted(elements.items()):
        if owner != creator:
            lines.append(f"[{owner}]")
            creator = owner
        fields = [group + low, vr, name] + ([] if vm == "1" else [vm])
        lines.append("\t".join(fields).rstrip("\t"))
    named = sum(1 for element in elements.values() if element[2])
    write("private.tsv", [
        "Private elements: facts of GDCM's private dictionary (BSD-3-Clause), and names from the private tag",
        "knowledge base of The Cancer Imaging Archive (2024-02, Apache-2.0), where GDCM has none; a few sequences of DCMTK's",
        f"{named} of {len(elements)} have a name; of the others only the VR is known",
        "[creator], then: group and low byte of the element, VR, name, VM if not 1"], lines)


TEXT = {"SH", "LO", "ST", "LT", "UT", "UC", "UR", "AE", "CS"}
KINDS_BY_VR = {"PN": "PersonName", "UI": "Uid", "DA": "Date", "DT": "Date", "TM": "Date", "AE": "Identifier"}
# First match wins. Sequences count themselves only where their items say it in codes.
SEQUENCE_KINDS = [
    ("PersonName", r"(Physician|Operator|Person|Creator's|Observer|Recipients|Approver|Source).*Identifi"),
    ("Place", r"Institution|Geographic Location|Custodial Organization"),
    ("Identifier", r"\bIDs?\b|Issuer|Identifier|Insurance|Station Name|UDI|Transducer Identification"),
]
TEXT_KINDS = [
    ("PersonName", r"Author$|Owner Name|Insured Name"),
    ("None", r"^Timezone|^Lens (Make|Model)|^Source Manufacturer|Selector AS|^GPS (Measure|Status)"),
    ("Identifier", r"Telephone|Telecom|Issuer|AE Title|Trial (Protocol|Site) ID|Trial Protocol Name"),
    ("Identifier", r"Ethics Committee Approval"),
    ("Place", r"Institution|Address|Country|Region|Location|Organization|Department|Service$"),
    ("Place", r"Clinical Trial (Site|Coordinating|Sponsor|Protocol Ethics)|Previous Values"),
    ("Identifier", r"\bIDs?\b|Identifi(er|cation)|Number|Station|Barcode|Locator|Machine Name|Device Label"),
    ("Identifier", r"Modifying System|X-Ray Detector Label"),
]
FREE_TEXT_VRS = {"SH", "LO", "ST", "LT", "UT", "UC", "UR"}
# What the rules cannot see, and attributes that the profile leaves to other options.
KINDS_BY_TAG = {
    "00020003": "Uid", "00020016": "Identifier", "00020017": "Identifier", "00020018": "Identifier",
    "00020026": "Identifier", "00020027": "Identifier", "00020028": "Identifier", "00020102": "FreeText",
    "00100033": "Date", "00100034": "Date", "0040A160": "FreeText", "00700006": "FreeText",
    "00420011": "FreeText", "04000115": "PersonName", "04000551": "FreeText",
}


def kind_of(name, vr):
    if vr in KINDS_BY_VR:
        return KINDS_BY_VR[vr]
    if name.startswith("GPS ") and re.search(r"Latitude|Longitude|Altitude|Area", name):
        return "Place"
    rules = SEQUENCE_KINDS if vr == "SQ" else TEXT_KINDS if vr in TEXT else []
    for kind, pattern in rules:
        if re.search(pattern, name):
            return kind
    return "FreeText" if vr in FREE_TEXT_VRS else "None"


def write_identifying(tables, rows):
    attributes = {row[0]: row for row in rows}
    kinds = dict(KINDS_BY_TAG)
    for row in json.loads((tables / "ps3.15-E.1-1-2024b.json").read_text()):
        tag = digits(row["tag"])
        if tag in attributes:
            kinds.setdefault(tag, kind_of(row["name"], attributes[tag][1]))
    lines = [f"{tag}\t{kind}\t{attributes[tag][4]}" for tag, kind in sorted(kinds.items()) if kind != "None"]
    write("identifying.tsv", ["PS3.15 2024b Table E.1-1: what its attributes say of a person",
                              "tag, kind, name"], lines)


OPTIONS = {"rtnUIDsOpt": "u", "rtnDevIdOpt": "v", "rtnInstIdOpt": "i", "rtnPatCharsOpt": "p", "rtnLongFullDatesOpt": "f",
           "rtnLongModifDatesOpt": "m", "cleanDescOpt": "d", "cleanStructContOpt": "s", "cleanGraphOpt": "g",
           "rtnSafePrivOpt": "x"}
PART_3 = pathlib.Path("/usr/share/gdcm-3.0/XML/Part3.xml")
STORAGE = "1.2.840.10008.5.1.4.1.1."


def module_key(name):
    return re.sub(r"[^a-z0-9]", "", re.sub(r"module|attributes|macro|information", "", name.lower()))


def types_by_module(tags):
    """{module: {tag: type}} of attributes at the top level, macros that are included there among them."""
    root = ElementTree.parse(PART_3).getroot()
    macros = {part.get("table"): part for part in root.iter("macro")}
    found = collections.defaultdict(dict)

    def walk(part, types, depth=0):
        for entry in part:
            if (entry.get("name") or entry.get("ref") or "").startswith(">"):
                continue
            tag = (entry.get("group", "") + entry.get("element", "")).upper()
            if entry.tag == "entry" and tag in tags and entry.get("type"):
                types.setdefault(tag, entry.get("type"))
            table = re.search(r"Table ([\w.\-]+)", entry.get("ref") or "") if entry.tag == "include" else None
            if table and table[1] in macros and depth < 4:
                walk(macros[table[1]], types, depth + 1)

    for module in root.iter("module"):
        walk(module, found[module_key(module.get("name"))])
    return found


def classes_by_type(tables, tags):
    """{tag: {"1": SOP classes, "2": SOP classes}}: those of which it is required; conditions count as met."""
    types = types_by_module(tags)
    modules = collections.defaultdict(list)
    for row in json.loads((tables / "ps3.3-ciod-to-modules-2024.json").read_text()):
        modules[row["ciodId"]].append(module_key(row["moduleId"]))
    classes = {tag: {"1": set(), "2": set()} for tag in tags}
    for row in json.loads((tables / "ps3.4-sops-2024.json").read_text()):
        ciod = re.sub(r"[^a-z0-9]+", "-", row["ciod"].lower()).strip("-")
        for tag in tags:
            strictest = min((types[module][tag][0] for module in modules[ciod] if tag in types.get(module, {})),
                            default="3")
            if strictest in "12":
                classes[tag][strictest].add(row["id"])
    return classes


def write_profile(tables):
    rows = {digits(row["tag"]): row for row in json.loads((tables / "ps3.15-E.1-1-2024b.json").read_text())
            if not row["id"].startswith("gggg")}
    combined = [tag for tag, row in rows.items() if "/" in row["basicProfile"]]
    classes = classes_by_type(tables, combined)
    lines = []
    for tag, row in sorted(rows.items()):
        options = "".join(letter + row[key] for key, letter in OPTIONS.items() if row.get(key))
        required = ["", ""]
        if tag in classes:
            required = [" ".join(sorted(uid.replace(STORAGE, "", 1) if uid.startswith(STORAGE) else "=" + uid
                                        for uid in classes[tag][kind])) for kind in "12"]
        name = " ".join(re.sub(r"\(see Note \d+\)", "", row["name"]).split())
        lines.append("\t".join([tag, row["basicProfile"], options, *required, name]))
    write("profile.tsv", [
        "PS3.15 2024b Table E.1-1, Basic Application Level Confidentiality Profile and options; the row of private",
        "attributes is left out. Types: PS3.3 as GDCM has it, modules of IODs from PS3.3 2024",
        "tag, basic profile, options (letter, code), SOP classes in which it is of type 1, of type 2 (behind",
        f"{STORAGE}, or whole behind =), name"], lines)


def write_uids(tables):
    lines = [row.split("\t")[0] for row in (tables / "ps3.6-uids.tsv").read_text().splitlines()[1:]]
    write("uids.tsv", ["PS3.6 annex A: registered UIDs of every kind, context groups left out", "UID"], sorted(lines))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tables = pathlib.Path(sys.argv[1])
    rows = standard_rows(tables)
    write_standard(rows)
    write_private(private_elements(tables))
    write_identifying(tables, rows)
    write_profile(tables)
    write_uids(tables)


main()
