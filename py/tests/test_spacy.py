"""The component for spaCy."""

import pytest

spacy = pytest.importorskip("spacy")

import detente

TEXT = "“A deal is close,” said Ada Brenn, an analyst. Talks collapsed later. The bakery opens at seven."


def pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("detente")
    return nlp


def test_document_has_outlook_and_spans():
    doc = pipeline()(TEXT)
    assert doc._.outlook == detente.score(TEXT)
    spans = doc.spans["detente"]
    assert [span.text for span in spans] == [statement.text for statement in doc._.outlook.statements]
    assert spans[0]._.outlook_speaker == "Ada Brenn"
    assert spans[1]._.outlook_score < 0
    assert [span.label_ for span in spans] == ["bearing", "bearing", "other"]
    assert pipeline()("")._.outlook is None


def test_processes_and_storage(tmp_path):
    nlp = pipeline()
    docs = list(nlp.pipe([TEXT, "They signed the accord."] * 3, n_process=2))
    assert [doc._.outlook.reading for doc in docs][:2] == [nlp(TEXT)._.outlook.reading, "agreed"]
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXT)._.outlook == nlp(TEXT)._.outlook
    assert spacy.tokens.Doc(nlp.vocab).from_bytes(docs[0].to_bytes())._.outlook == docs[0]._.outlook
