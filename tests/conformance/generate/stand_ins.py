"""Stand-ins for the public models: tiny ONNX files with the same inputs and outputs as the real ones.

A stand-in is a closed-form "network" whose answer depends on every channel of every pixel, so that a wrong resize,
scale, mean, layout or channel order shows in the alpha. U2-Net's and IS-Net's carry a MaxPool with ceil_mode=1, the
node that WebGPU refuses and that Cutkit edits on load.

    python tests/conformance/generate/stand_ins.py      # writes tests/conformance/goldens/stand-ins/*.onnx
"""
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).parent.parent / "goldens" / "stand-ins"

# One weight a channel; their order and signs tell RGB from BGR.
MIX = np.array([0.9, -0.35, 0.55], np.float32).reshape(1, 3, 1, 1)
# Coverage-like, off-centre and not full-range, so that min-max has something to do.
GAIN, SHIFT = np.float32(0.22), np.float32(0.42)


def stand_in(name, inputs, outputs, side, kind, ceil_pool):
    """`kind`: 'coverage' (0-1), 'logit' or 'classes' (4 channels); `side` None leaves the size free."""
    size = [side, side] if side else ["height", "width"]
    nodes = []
    constants = {"mix": MIX, "gain": GAIN, "shift": SHIFT}
    source = inputs
    if ceil_pool:
        # Pool by 1 keeps the picture; what matters is that the node and its attribute are there.
        nodes.append(helper.make_node("MaxPool", [inputs], ["pooled"], kernel_shape=[1, 1], strides=[1, 1], ceil_mode=1))
        source = "pooled"
    nodes.append(helper.make_node("Conv", [source, "mix"], ["mixed"], kernel_shape=[1, 1]))
    nodes.append(helper.make_node("AveragePool", ["mixed"], ["smooth"], kernel_shape=[5, 5], pads=[2] * 4, count_include_pad=0))
    nodes.append(helper.make_node("Mul", ["smooth", "gain"], ["scaled"]))
    nodes.append(helper.make_node("Add", ["scaled", "shift"], ["shifted"]))
    channels = 1
    first = outputs[0]
    if kind == "coverage":
        constants |= {"low": np.float32(0), "high": np.float32(1)}
        nodes.append(helper.make_node("Clip", ["shifted", "low", "high"], [first]))
    elif kind == "logit":
        constants |= {"eight": np.float32(8), "half": np.float32(0.45)}
        nodes.append(helper.make_node("Sub", ["shifted", "half"], ["centred"]))
        nodes.append(helper.make_node("Mul", ["centred", "eight"], [first]))
    else:
        channels = 4
        constants |= {"slopes": np.array([-1, 1.0, 0.4, 0.2], np.float32).reshape(4, 1, 1, 1), "biases": np.array([0.9, 0, 0.1, -1], np.float32)}
        nodes.append(helper.make_node("Conv", ["shifted", "slopes", "biases"], [first], kernel_shape=[1, 1]))
    nodes += [helper.make_node("Identity", [first], [other]) for other in outputs[1:]]
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(inputs, TensorProto.FLOAT, [1, 3, *size])],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, [1, channels, *size]) for o in outputs],
        [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT / f"{name}.onnx")


U2NET_OUTPUTS = [str(n) for n in (1959, 1960, 1961, 1962, 1963, 1964, 1965)]
BIREFNETS = ["general", "general-lite", "portrait", "dis", "hrsod", "cod", "massive"]


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name in ("u2net", "u2netp", "u2net_human_seg", "silueta"):
        stand_in(name, "input.1", U2NET_OUTPUTS, 320, "coverage", ceil_pool=True)
    stand_in("u2net_cloth_seg", "input", U2NET_OUTPUTS, 768, "classes", ceil_pool=True)
    stand_in("isnet-general-use", "input_image", ["output_image", "side1"], 1024, "coverage", ceil_pool=True)
    stand_in("isnet-anime", "img", ["mask"], 1024, "coverage", ceil_pool=True)
    for name in BIREFNETS:
        stand_in(f"birefnet-{name}", "input_image", ["output_image"], 1024, "logit", ceil_pool=False)
    stand_in("bria-rmbg", "pixel_values", ["alphas"], 1024, "coverage", ceil_pool=False)
    stand_in("ben2-base", "input", ["output"], 1024, "coverage", ceil_pool=False)
    stand_in("modnet", "input", ["output"], None, "coverage", ceil_pool=False)


if __name__ == "__main__":
    main()
