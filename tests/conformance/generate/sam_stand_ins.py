"""Stand-ins for every family of Segment Anything exports: the same inputs and outputs, arithmetic that shows mistakes.

    python sam_stand_ins.py ../goldens/sam

Encoder: 16 x 16 means of the frame, channel by channel, then channel 0 of the embedding is R + 10 G + 100 B of them.
Decoder: every logit of prompt p and candidate m is sum over points of (x + 2 y + 5000 label) + 10 m + the embedding's
channel 0, four times enlarged, + the mask fed in where one is. Scores are 0.1 m + 0.001 times the number of points.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

SIDE, CELLS, CHANNELS = 1024, 64, 256


def constant(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.array(values, dtype), name)


def value(name, dims, kind=T.FLOAT):
    return h.make_tensor_value_info(name, kind, dims)


def save(path, nodes, inputs, outputs, constants):
    graph = h.make_graph(nodes, "stand-in", inputs, outputs, constants)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def weights(channels):
    w = np.zeros((channels, 3, 1, 1), np.float32)
    w[0, :, 0, 0] = 1, 10, 100
    return w


def encoder(path, image, side, names):
    """`names` of outputs, each with its channels and cells."""
    nodes, outputs, constants = [], [], []
    for name, channels, cells in names:
        pool = side // cells
        nodes.append(h.make_node("AveragePool", [image], [f"{name}.mean"], kernel_shape=[pool, pool], strides=[pool, pool]))
        nodes.append(h.make_node("Conv", [f"{name}.mean", f"{name}.weights"], [name]))
        constants.append(numpy_helper.from_array(weights(channels), f"{name}.weights"))
        outputs.append(value(name, [1, channels, cells, cells]))
    save(path, nodes, [value(image, [1, 3, side, side])], outputs, constants)


def external_encoder(out):
    """The plain encoder with its weights in a file beside it."""
    model = onnx.load(out / "plain.encoder.onnx")
    path = out / "external" / "encoder.onnx"
    path.parent.mkdir(exist_ok=True)
    onnx.save(model, path, save_as_external_data=True, location="encoder.onnx.data", size_threshold=0)


def preprocessing_encoder(path):
    """`input_image` [H, W, 3] of 0-255: transposed, divided by 255 and padded inside, as samexporter's."""
    nodes = [
        h.make_node("Transpose", ["input_image"], ["planes"], perm=[2, 0, 1]),
        h.make_node("Unsqueeze", ["planes", "zero"], ["batch"]),
        h.make_node("Div", ["batch", "scale"], ["unit"]),
        h.make_node("Shape", ["unit"], ["shape"], start=2),
        h.make_node("Sub", ["full", "shape"], ["missing"]),
        h.make_node("Concat", ["no_pads", "missing"], ["pads"], axis=0),
        h.make_node("Pad", ["unit", "pads"], ["frame"]),
        h.make_node("AveragePool", ["frame"], ["means"], kernel_shape=[16, 16], strides=[16, 16]),
        h.make_node("Conv", ["means", "weights"], ["image_embeddings"]),
    ]
    constants = [
        constant("zero", [0], np.int64), constant("scale", 255.0), constant("full", [SIDE, SIDE], np.int64),
        constant("no_pads", [0] * 6, np.int64), numpy_helper.from_array(weights(CHANNELS), "weights"),
    ]  # fmt: skip
    save(path, nodes, [value("input_image", ["height", "width", 3])], [value("image_embeddings", [1, CHANNELS, CELLS, CELLS])], constants)


def decode(points, labels, embedding, masks, candidates, side):
    """Nodes from prompts to `logits` [P, M, side, side] and `scores` [P, M]; and their constants."""
    nodes = [
        h.make_node("Mul", [points, "xy"], ["weighted"]),
        h.make_node("ReduceSum", ["weighted", "last"], ["places"], keepdims=0),
        h.make_node("Mul", [labels, "per_label"], ["said"]),
        h.make_node("Add", ["places", "said"], ["points_each"]),
        h.make_node("ReduceSum", ["points_each", "last"], ["sum"], keepdims=0),
        h.make_node("Reshape", ["sum", "column"], ["sum4"]),
        h.make_node("Slice", [embedding, "from0", "to1", "axis1"], ["channel"]),
        h.make_node("Resize", ["channel", "", "scales"], ["cells"], mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        h.make_node("Add", ["sum4", "ladder"], ["raised"]),
        h.make_node("Add", ["raised", "cells"], ["answer"]),
        h.make_node("Shape", [labels], ["label_shape"], start=-1),
        h.make_node("Cast", ["label_shape"], ["count"], to=T.FLOAT),
        h.make_node("Mul", ["count", "per_point"], ["bonus"]),
        h.make_node("Mul", ["sum4", "nothing"], ["zeros"]),
        h.make_node("Add", ["zeros", "score_ladder"], ["ladder4"]),
        h.make_node("Add", ["ladder4", "bonus"], ["scores4"]),
        h.make_node("Flatten", ["scores4"], ["scores"]),
    ]
    if masks:
        nodes += [
            h.make_node("Reshape", ["has_mask_input", "column"], ["has4"]),
            h.make_node("Mul", ["mask_input", "has4"], ["fed"]),
            h.make_node("Add", ["answer", "fed"], ["logits"]),
        ]
    else:
        nodes.append(h.make_node("Identity", ["answer"], ["logits"]))
    steps = np.arange(candidates, dtype=np.float32).reshape(1, -1, 1, 1)
    constants = [
        constant("xy", [1, 2]), constant("last", [-1], np.int64), constant("per_label", 5000.0),
        constant("column", [-1, 1, 1, 1], np.int64), constant("from0", [0], np.int64), constant("to1", [1], np.int64),
        constant("axis1", [1], np.int64), constant("scales", [1, 1, side / CELLS, side / CELLS]),
        constant("ladder", steps * 10), constant("per_point", 0.001), constant("nothing", 0.0),
        constant("score_ladder", steps / 10),
    ]  # fmt: skip
    return nodes, constants


MASK_INPUTS = [value("mask_input", ["P", 1, 256, 256]), value("has_mask_input", ["P"])]
EMBEDDING = value("image_embeddings", [1, CHANNELS, CELLS, CELLS])


def batched(out):
    nodes, constants = decode("point_coords", "point_labels", "image_embeddings", True, 4, 256)
    nodes += [h.make_node("Identity", ["logits"], ["low_res_masks"]), h.make_node("Identity", ["scores"], ["iou_predictions"])]
    inputs = [EMBEDDING, value("point_coords", ["P", "N", 2]), value("point_labels", ["P", "N"]), *MASK_INPUTS]
    outputs = [value("low_res_masks", ["P", 4, 256, 256]), value("iou_predictions", ["P", 4])]
    save(out / "batched.decoder.onnx", nodes, inputs, outputs, constants)


def official_graph(candidates, small="low_res_masks"):
    """The official decoder's nodes, inputs, outputs and constants; `small` is the name of its small logits."""
    nodes, constants = decode("point_coords", "point_labels", "image_embeddings", True, candidates, 256)
    nodes += [
        h.make_node("Identity", ["logits"], [small]),
        h.make_node("Identity", ["scores"], ["iou_predictions"]),
        h.make_node("Cast", ["orig_im_size"], ["size"], to=T.INT64),
        h.make_node("Concat", ["one_all", "size"], ["full_size"], axis=0),
        h.make_node("Resize", [small, "", "", "full_size"], ["masks"], mode="linear"),
    ]
    constants.append(constant("one_all", [1, candidates], np.int64))
    inputs = [
        EMBEDDING, value("point_coords", [1, "N", 2]), value("point_labels", [1, "N"]),
        value("mask_input", [1, 1, 256, 256]), value("has_mask_input", [1]), value("orig_im_size", [2]),
    ]  # fmt: skip
    planes = value(small, [1, candidates, 256, 256])
    outputs = [value("masks", [1, candidates, "H", "W"]), value("iou_predictions", [1, candidates]), planes]
    return nodes, inputs, outputs, constants


def official(out):
    save(out / "official.decoder.onnx", *official_graph(4))


def official_single(out):
    """`--return-single-mask`: the graph has chosen already."""
    save(out / "official-single.decoder.onnx", *official_graph(1))


def official_metrics(out):
    """`--return-extra-metrics`: five values under three names, so that the third name is the stability's."""
    nodes, inputs, (masks, scores, planes), constants = official_graph(4, "1234")
    nodes += [h.make_node("ReduceMean", ["masks"], ["areas"], axes=[2, 3], keepdims=0), h.make_node("Sigmoid", ["areas"], ["low_res_masks"])]
    outputs = [masks, scores, value("low_res_masks", [1, 4]), value("areas", [1, 4]), planes]
    save(out / "official-metrics.decoder.onnx", nodes, inputs, outputs, constants)


def hq_sam(out):
    """One mask, raised by the intermediate features: 100 times the mean of layer 0, channel 0."""
    nodes, inputs, outputs, constants = official_graph(1, "plain")
    nodes += [
        h.make_node("Slice", ["interm_embeddings", "layer0", "layer1", "interm_axes"], ["layer"]),
        h.make_node("ReduceMean", ["layer"], ["feature"], axes=[0, 1, 2, 3, 4], keepdims=0),
        h.make_node("Mul", ["feature", "hundred"], ["raise"]),
        h.make_node("Add", ["plain", "raise"], ["low_res_masks"]),
    ]
    constants += [
        constant("layer0", [0, 0], np.int64), constant("layer1", [1, 1], np.int64), constant("interm_axes", [0, 4], np.int64),
        constant("hundred", 100.0),
    ]  # fmt: skip
    inputs.insert(1, value("interm_embeddings", [4, 1, CELLS, CELLS, 8]))
    outputs[2] = value("low_res_masks", [1, 1, 256, 256])
    save(out / "hq-sam.decoder.onnx", nodes, inputs, outputs, constants)

    pool = h.make_node("AveragePool", ["images"], ["mean"], kernel_shape=[16, 16], strides=[16, 16])
    nodes = [
        pool,
        h.make_node("Conv", ["mean", "weights"], ["image_embeddings"]),
        h.make_node("Mul", ["mean", "nothing"], ["blank3"]),
        h.make_node("Slice", ["blank3", "from0", "to1", "axis1"], ["blank"]),
        h.make_node("Reshape", ["blank", "places"], ["places5"]),
        h.make_node("Add", ["places5", "ladder"], ["interm_embeddings"]),
    ]
    # Layer 0 holds 3, 4, 5… by channel, layer 1 holds 103, 104…, and so on: a wrong layer or axis shows.
    ladder = np.arange(4).reshape(4, 1, 1, 1, 1) * 100.0 + 3 + np.arange(8)
    constants = [
        numpy_helper.from_array(weights(CHANNELS), "weights"), constant("nothing", 0.0), constant("from0", [0], np.int64),
        constant("to1", [1], np.int64), constant("axis1", [1], np.int64), constant("places", [1, 1, CELLS, CELLS, 1], np.int64),
        constant("ladder", ladder),
    ]  # fmt: skip
    outputs = [EMBEDDING, value("interm_embeddings", [4, 1, CELLS, CELLS, 8])]
    save(out / "hq-sam.encoder.onnx", nodes, [value("images", [1, 3, SIDE, SIDE])], outputs, constants)


def optimum(out):
    names = [("image_embeddings", CHANNELS, CELLS), ("image_positional_embeddings", CHANNELS, CELLS)]
    encoder(out / "optimum.encoder.onnx", "pixel_values", SIDE, names)
    nodes, constants = decode("points3", "labels2", "image_embeddings", False, 3, 256)
    before = [
        h.make_node("Squeeze", ["input_points", "axis0"], ["points3"]),
        h.make_node("Squeeze", ["input_labels", "axis0"], ["labels_int"]),
        h.make_node("Cast", ["labels_int"], ["labels2"], to=T.FLOAT),
    ]
    after = [
        h.make_node("Unsqueeze", ["logits", "axis0"], ["pred_masks"]),
        h.make_node("Unsqueeze", ["scores", "axis0"], ["iou_scores"]),
    ]
    constants.append(constant("axis0", [0], np.int64))
    inputs = [
        value("input_points", [1, "P", "N", 2]), value("input_labels", [1, "P", "N"], T.INT64),
        EMBEDDING, value("image_positional_embeddings", [1, CHANNELS, CELLS, CELLS]),
    ]  # fmt: skip
    outputs = [value("iou_scores", [1, "P", 3]), value("pred_masks", [1, "P", 3, 256, 256])]
    save(out / "optimum.decoder.onnx", before + nodes + after, inputs, outputs, constants)


def sam2(out):
    names = [("high_res_feats_0", 32, 256), ("high_res_feats_1", 64, 128), ("image_embed", CHANNELS, CELLS)]
    encoder(out / "sam2.encoder.onnx", "image", SIDE, names)
    nodes, constants = decode("point_coords", "point_labels", "image_embed", True, 3, 256)
    nodes += [h.make_node("Identity", ["logits"], ["masks"]), h.make_node("Identity", ["scores"], ["iou_predictions"])]
    inputs = [
        value("image_embed", [1, CHANNELS, CELLS, CELLS]), value("high_res_feats_0", [1, 32, 256, 256]),
        value("high_res_feats_1", [1, 64, 128, 128]), value("point_coords", ["P", "N", 2]),
        value("point_labels", ["P", "N"]), *MASK_INPUTS,
    ]  # fmt: skip
    outputs = [value("masks", ["P", 3, 256, 256]), value("iou_predictions", ["P", 3])]
    save(out / "sam2.decoder.onnx", nodes, inputs, outputs, constants)


def sam2_optimum(out):
    names = [("image_embeddings.0", 32, 256), ("image_embeddings.1", 64, 128), ("image_embeddings.2", CHANNELS, CELLS)]
    encoder(out / "sam2-optimum.encoder.onnx", "pixel_values", SIDE, names)
    nodes, constants = decode("points3", "labels2", "image_embeddings.2", False, 3, 256)
    before = [
        h.make_node("Squeeze", ["input_points", "axis0"], ["points3"]),
        h.make_node("Squeeze", ["input_labels", "axis0"], ["labels_int"]),
        h.make_node("Cast", ["labels_int"], ["labels2"], to=T.FLOAT),
    ]
    after = [
        # A box that is given raises every logit by a million: none may be.
        h.make_node("ReduceSum", ["input_boxes"], ["given"], keepdims=0),
        h.make_node("Shape", ["input_boxes"], ["box_shape"], start=1, end=2),
        h.make_node("Cast", ["box_shape"], ["box_count"], to=T.FLOAT),
        h.make_node("Mul", ["box_count", "million"], ["fine"]),
        h.make_node("Add", ["fine", "given"], ["penalty"]),
        h.make_node("Add", ["logits", "penalty"], ["fined"]),
        h.make_node("Unsqueeze", ["fined", "axis0"], ["pred_masks"]),
        h.make_node("Unsqueeze", ["scores", "axis0"], ["iou_scores"]),
        h.make_node("Slice", ["iou_scores", "from0", "to1", "axis2"], ["object_score_logits"]),
    ]
    constants += [constant("axis0", [0], np.int64), constant("axis2", [2], np.int64), constant("million", 1e6)]
    inputs = [
        value("image_embeddings.0", [1, 32, 256, 256]), value("image_embeddings.1", [1, 64, 128, 128]),
        value("image_embeddings.2", [1, CHANNELS, CELLS, CELLS]), value("input_points", [1, "P", "N", 2]),
        value("input_labels", [1, "P", "N"], T.INT64), value("input_boxes", [1, "B", 4]),
    ]  # fmt: skip
    outputs = [value("iou_scores", [1, "P", 3]), value("pred_masks", [1, "P", 3, 256, 256]), value("object_score_logits", [1, "P", 1])]
    save(out / "sam2-optimum.decoder.onnx", before + nodes + after, inputs, outputs, constants)


def edge_sam(out):
    nodes, constants = decode("point_coords", "point_labels", "image_embeddings", False, 4, 256)
    nodes += [h.make_node("Identity", ["logits"], ["masks"])]
    inputs = [EMBEDDING, value("point_coords", [1, "N", 2]), value("point_labels", [1, "N"])]
    outputs = [value("scores", [1, 4]), value("masks", [1, 4, 256, 256])]
    save(out / "edge-sam.decoder.onnx", nodes, inputs, outputs, constants)


def efficient_sam(out):
    """The encoder stretches any picture to its frame. The decoder scales points from `orig_im_size` to 1024."""
    nodes = [
        h.make_node("Resize", ["batched_images", "", "", "frame_size"], ["frame"], mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        h.make_node("AveragePool", ["frame"], ["means"], kernel_shape=[16, 16], strides=[16, 16]),
        h.make_node("Conv", ["means", "weights"], ["image_embeddings"]),
    ]
    constants = [constant("frame_size", [1, 3, SIDE, SIDE], np.int64), numpy_helper.from_array(weights(CHANNELS), "weights")]
    image = value("batched_images", [1, 3, "H", "W"])
    save(out / "efficient-sam.encoder.onnx", nodes, [image], [EMBEDDING], constants)

    nodes, constants = decode("points_frame", "labels2", "image_embeddings", False, 3, 256)
    before = [
        h.make_node("Squeeze", ["batched_point_coords", "axis0"], ["points3"]),
        h.make_node("Squeeze", ["batched_point_labels", "axis0"], ["labels2"]),
        h.make_node("Cast", ["orig_im_size"], ["size"], to=T.FLOAT),
        h.make_node("Gather", ["size", "swap"], ["size_xy"]),
        h.make_node("Div", ["full_side", "size_xy"], ["ratio"]),
        h.make_node("Mul", ["points3", "ratio"], ["points_frame"]),
    ]
    after = [
        h.make_node("Concat", ["one_three", "orig_im_size"], ["out_size"], axis=0),
        h.make_node("Resize", ["logits", "", "", "out_size"], ["drawn"], mode="linear"),
        h.make_node("Unsqueeze", ["drawn", "axis0"], ["output_masks"]),
        h.make_node("Unsqueeze", ["scores", "axis0"], ["iou_predictions"]),
    ]
    constants += [
        constant("axis0", [0], np.int64), constant("swap", [1, 0], np.int64), constant("full_side", float(SIDE)),
        constant("one_three", [1, 3], np.int64),
    ]  # fmt: skip
    inputs = [EMBEDDING, value("batched_point_coords", [1, 1, "N", 2]), value("batched_point_labels", [1, 1, "N"]), value("orig_im_size", [2], T.INT64)]
    outputs = [value("output_masks", [1, 1, 3, "h", "w"]), value("iou_predictions", [1, 1, 3])]
    save(out / "efficient-sam.decoder.onnx", before + nodes + after, inputs, outputs, constants)


def sam2_osam(out):
    names = [("image_embeddings", CHANNELS, CELLS), ("high_res_features1", 32, 256), ("high_res_features2", 64, 128)]
    encoder(out / "sam2-osam.encoder.onnx", "input", SIDE, names)
    nodes, constants = decode("point_coords", "point_labels", "image_embeddings", True, 3, 256)
    nodes += [
        h.make_node("Concat", ["one_three", "orig_im_size"], ["out_size"], axis=0),
        h.make_node("Resize", ["logits", "", "", "out_size"], ["masks"], mode="linear"),
        h.make_node("Identity", ["scores"], ["iou_predictions"]),
    ]
    constants.append(constant("one_three", [1, 3], np.int64))
    inputs = [
        EMBEDDING, value("high_res_features1", [1, 32, 256, 256]), value("high_res_features2", [1, 64, 128, 128]),
        value("point_coords", [1, "N", 2]), value("point_labels", [1, "N"]), value("mask_input", [1, 1, 256, 256]),
        value("has_mask_input", [1]), value("orig_im_size", [2], T.INT64),
    ]  # fmt: skip
    outputs = [value("masks", [1, 3, "h", "w"]), value("iou_predictions", [1, 3])]
    save(out / "sam2-osam.decoder.onnx", nodes, inputs, outputs, constants)


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    encoder(out / "plain.encoder.onnx", "images", SIDE, [("image_embeddings", CHANNELS, CELLS)])
    external_encoder(out)
    preprocessing_encoder(out / "preprocessing.encoder.onnx")
    for family in (batched, official, official_single, official_metrics, hq_sam, optimum, sam2, sam2_osam, sam2_optimum, edge_sam, efficient_sam):
        family(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
